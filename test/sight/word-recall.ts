/** How much of a known text was read. */
export interface Recall {
  /** 0 to 1. */
  readonly share: number;
  readonly known: number;
  /** Words of the known text that were not read. */
  readonly missed: readonly string[];
}

/** The words of a text, lower case, without punctuation: `readText(words)` is three of them or two, as it is read. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/**
 * Counts how many of the known words were read, in any order; a word that stands there twice must be read twice.
 *
 * @throws when the known text has no words
 */
export function wordRecall(known: string, read: string): Recall {
  const left = new Map<string, number>();
  for (const word of wordsOf(read)) left.set(word, (left.get(word) ?? 0) + 1);
  const words = wordsOf(known);
  if (words.length === 0) throw new Error('There is no word to be read.');
  const missed = words.filter((word) => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count <= 0;
  });
  return { share: 1 - missed.length / words.length, known: words.length, missed };
}
