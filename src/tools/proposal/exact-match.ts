/** One change of a text, as the model gives it. */
export interface Edit {
  /** Text as it stands in the file, without line numbers; exactly once, unless `all`. Empty: into an empty file. */
  readonly find: string;
  readonly replace: string;
  /** Every occurrence. */
  readonly all?: boolean | undefined;
}

/** Offsets in UTF-16 units of the text as it was. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** `replacements`: in the order of the text, none touching another. `misses`: one sentence each, for the model. */
export type Match = { readonly replacements: readonly Replacement[] } | { readonly misses: readonly string[] };

/** Lines of occurrences that are named when there are too many. */
const MAX_NAMED_LINES = 10;

/**
 * Finds where edits apply: each to the text as it is, not to what others leave of it, so that their order is of no meaning.
 * Nothing is guessed: what is not found exactly once is a miss, and one miss spoils all. Line breaks are compared
 * whatever kind they are, and what is put in has those of the text.
 *
 * @param shown the text as the model may see it, line by line the same: what misses quote
 */
export function matchEdits(text: string, edits: readonly Edit[], shown: () => string = () => text): Match {
  const lines = new UnixText(text);
  const found: (Replacement & { readonly edit: number })[] = [];
  const misses: string[] = [];
  for (const [index, edit] of edits.entries()) {
    const find = toUnix(edit.find);
    const starts = occurrences(lines.text, find);
    const [first] = starts;
    if (first === undefined) misses.push(`Edit ${index + 1}: ${notFound(find, toUnix(shown()))}`);
    else if (starts.length > 1 && edit.all !== true) misses.push(`Edit ${index + 1}: ${tooMany(lines.text, starts)}`);
    else {
      const put = lines.withLineBreaks(toUnix(edit.replace));
      for (const start of starts) {
        found.push({ start: lines.offset(start), end: lines.offset(start + find.length), text: put, edit: index });
      }
    }
  }
  found.sort((a, b) => a.start - b.start);
  for (const [index, { start, edit }] of found.entries()) {
    const before = found[index - 1];
    if (before !== undefined && start < before.end) {
      misses.push(`Edits ${before.edit + 1} and ${edit + 1} change the same place: make one edit of them.`);
    }
  }
  if (misses.length > 0) return { misses: [...new Set(misses)] };
  return { replacements: found.map(({ start, end, text: put }) => ({ start, end, text: put })) };
}

/** The text with all of them applied. */
export function applyReplacements(text: string, replacements: readonly Replacement[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text: put } of replacements) {
    result += text.slice(at, start) + put;
    at = end;
  }
  return result + text.slice(at);
}

/** From 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** A text as models see it, with `\n` at the end of lines, that knows where it is in the text as it stands in the file. */
class UnixText {
  readonly text: string;
  readonly #isWindows: boolean;
  /** Where in `text` a line break stands for two units of the file. Ascending. */
  readonly #breaks: readonly number[];

  constructor(text: string) {
    const breaks: number[] = [];
    for (let at = text.indexOf('\r\n'); at !== -1; at = text.indexOf('\r\n', at + 2)) breaks.push(at - breaks.length);
    this.#breaks = breaks;
    this.#isWindows = breaks.length > 0;
    this.text = this.#isWindows ? toUnix(text) : text;
  }

  offset(unix: number): number {
    let low = 0;
    let high = this.#breaks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#breaks[middle] ?? Infinity) < unix) low = middle + 1;
      else high = middle;
    }
    return unix + low;
  }

  withLineBreaks(unix: string): string {
    return this.#isWindows ? unix.replaceAll('\n', '\r\n') : unix;
  }
}

const toUnix = (text: string): string => text.replaceAll('\r\n', '\n');

function occurrences(text: string, find: string): readonly number[] {
  const starts: number[] = [];
  if (find === '') return text === '' ? [0] : [];
  for (let at = text.indexOf(find); at !== -1; at = text.indexOf(find, at + find.length)) starts.push(at);
  return starts;
}

function notFound(find: string, shown: string): string {
  if (find === '') return 'its find text is empty, which only an empty file takes.';
  const nearest = nearestLines(shown, find);
  if (nearest === undefined) return 'its find text does not occur, nor anything like it.';
  const { from, lines } = nearest;
  return `its find text does not occur. The nearest lines are ${from} to ${from + lines.length - 1}:\n${lines.join('\n')}`;
}

function tooMany(text: string, starts: readonly number[]): string {
  const named = starts.slice(0, MAX_NAMED_LINES).map((start) => lineAt(text, start));
  const more = starts.length > named.length ? ' and further' : '';
  return `its find text occurs ${starts.length} times (lines ${named.join(', ')}${more}). Add lines around it until it is found once, or set all.`;
}

/** A longer excerpt would be a way to read the file. */
const MAX_LINES = 12;
/** Beyond that the comparison takes longer than it is worth. Lines. */
const MAX_SEARCHED_LINES = 20_000;
const MAX_LINE_LENGTH = 300;
/** Below that, lines have little more in common than being code. 0 to 1. */
const ALIKE = 0.4;
/** What a line loses at most for what it has besides: of two that have it all, the shorter is meant. */
const SURPLUS = 0.1;

interface NearestLines {
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
function nearestLines(text: string, find: string): NearestLines | undefined {
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
