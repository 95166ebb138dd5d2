import type { ReadWord } from './read-words.ts';
import { wordsOf } from './word-recall.ts';

/** A rectangle in the models' coordinates: 0 to 1000 of the picture's height and width, `[ymin, xmin, ymax, xmax]`. */
export type BoxCoordinates = readonly [number, number, number, number];

/**
 * Where a word, or several in a row on one line, stand in a picture: the first place.
 *
 * @param size of the picture that was read
 * @returns undefined when it is not there
 */
export function findPhrase(
  words: readonly ReadWord[],
  phrase: string,
  size: { readonly widthPx: number; readonly heightPx: number },
): BoxCoordinates | undefined {
  const wanted = wordsOf(phrase).join(' ');
  if (wanted === '') return undefined;
  for (let first = 0; first < words.length; first += 1) {
    const found = phraseFrom(words, first, wanted);
    if (found === undefined) continue;
    const left = Math.min(...found.map(({ leftPx }) => leftPx));
    const top = Math.min(...found.map(({ topPx }) => topPx));
    const right = Math.max(...found.map(({ leftPx, widthPx }) => leftPx + widthPx));
    const bottom = Math.max(...found.map(({ topPx, heightPx }) => topPx + heightPx));
    const share = (px: number, of: number): number => Math.round(Math.min(1, Math.max(0, px / of)) * 1000);
    return [
      share(top, size.heightPx),
      share(left, size.widthPx),
      share(bottom, size.heightPx),
      share(right, size.widthPx),
    ];
  }
  return undefined;
}

function phraseFrom(words: readonly ReadWord[], first: number, wanted: string): readonly ReadWord[] | undefined {
  const line = words[first]?.line;
  let text = '';
  for (let last = first; last < words.length && words[last]?.line === line; last += 1) {
    text = `${text} ${wordsOf(words[last]?.text ?? '').join(' ')}`.trim();
    if (text === wanted) return words.slice(first, last + 1);
    if (!wanted.startsWith(text)) return undefined;
  }
  return undefined;
}
