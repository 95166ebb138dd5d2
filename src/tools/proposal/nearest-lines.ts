/** A longer excerpt would be a way to read the file. */
const MAX_LINES = 12;
/** Beyond that the comparison takes longer than it is worth. Lines. */
const MAX_SEARCHED_LINES = 20_000;
const MAX_LINE_LENGTH = 300;
/** Below that, lines have little more in common than being code. 0 to 1. */
const ALIKE = 0.4;
/** What a line loses at most for what it has besides: of two that have it all, the shorter is meant. */
const SURPLUS = 0.1;

export interface NearestLines {
  /** Number of the first, from 1. */
  readonly from: number;
  /** As they stand, for the model to copy from. */
  readonly lines: readonly string[];
}

/**
 * The lines of a text that are most like the ones looked for: their longest line says the most, so that is looked for.
 *
 * @returns nothing where no line is much like it
 */
export function nearestLines(text: string, find: string): NearestLines | undefined {
  const wanted = find.split('\n');
  const longest = wanted.reduce((best, line) => (line.trim().length > best.trim().length ? line : best), '');
  const looked = plain(longest);
  if (looked.length < 2) return undefined;
  const pairs = pairsOf(looked);
  const lines = text.split('\n');
  let nearest = -1;
  let likeness = ALIKE;
  for (const [index, line] of lines.slice(0, MAX_SEARCHED_LINES).entries()) {
    const alike = likenessOf(pairs, looked.length, plain(line));
    if (alike <= likeness) continue;
    likeness = alike;
    nearest = index;
  }
  if (nearest < 0) return undefined;
  const first = Math.max(0, nearest - wanted.indexOf(longest));
  const count = Math.min(Math.max(wanted.length, nearest - first + 1), MAX_LINES);
  // Of a long excerpt, the part with the line that is alike.
  const from = Math.max(first, nearest - count + 1);
  return { from: from + 1, lines: lines.slice(from, from + count).map((line) => line.slice(0, MAX_LINE_LENGTH)) };
}

/** White space and capitals are of no meaning here. */
const plain = (line: string): string => line.slice(0, MAX_LINE_LENGTH).replace(/\s+/g, '').toLowerCase();

/** Two neighbouring characters as one number, which is compared faster than a text. */
const pairAt = (text: string, at: number): number => text.charCodeAt(at) * 0x10000 + text.charCodeAt(at + 1);

/** How often each pair of neighbouring characters occurs. */
function pairsOf(text: string): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  for (let at = 0; at + 1 < text.length; at += 1) {
    const pair = pairAt(text, at);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

/** How much of what is looked for a line has, 0 to 1. `pairs` are those of a text that is `length` long. */
function likenessOf(pairs: ReadonlyMap<number, number>, length: number, text: string): number {
  const wanted = length - 1;
  const surplus = Math.max(0, 1 - length / Math.max(text.length, 1)) * SURPLUS;
  // Too short to be alike, whatever is in it.
  if ((text.length - 1) / wanted - surplus <= ALIKE) return 0;
  const left = new Map(pairs);
  let shared = 0;
  for (let at = 0; at + 1 < text.length; at += 1) {
    const pair = pairAt(text, at);
    const count = left.get(pair) ?? 0;
    if (count === 0) continue;
    shared += 1;
    left.set(pair, count - 1);
  }
  return shared / wanted - surplus;
}
