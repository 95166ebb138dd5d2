import { RESULT_BUDGET, shortLine } from '../budget.ts';
import { terminalText } from './terminal-text.ts';

/** Kept of what a program writes, UTF-16 units: the beginning says what it is, the end how it went. */
const MAX_HEAD = 20_000;
const MAX_TAIL = 400_000;

/** Room for the rest of a result. */
const OUTPUT_BUDGET = RESULT_BUDGET - 1_000;
/** How much of an excerpt is from the beginning. */
const HEAD_SHARE = 0.25;

/** A line of a key or certificate. */
const ENCODED_LINE = /^[\w+/=-]{16,}$/;

/** What a program writes to a terminal while it runs, however much that is. */
export class Output {
  #head = '';
  #tail = '';
  #linesDropped = 0;

  add(data: string): void {
    const room = MAX_HEAD - this.#head.length;
    this.#head += data.slice(0, Math.max(0, room));
    this.#tail += data.slice(Math.max(0, room));
    // Not with each piece: cutting copies.
    if (this.#tail.length > 2 * MAX_TAIL) this.#drop();
  }

  /** What can be read of it, in a result's size. */
  read(mask: (text: string) => string): string {
    if (this.#tail.length > MAX_TAIL) this.#drop();
    if (this.#linesDropped === 0) return excerpt(mask(terminalText(this.#head + this.#tail)).split('\n'), 0);
    const lines = terminalText(this.#tail).split('\n');
    // What masks a key is its first line, which may be gone.
    const first = lines.findIndex((line, index) => index > 0 && !ENCODED_LINE.test(line));
    const from = first === -1 ? lines.length - 1 : first;
    const tail = first === -1 ? [] : mask(lines.slice(from).join('\n')).split('\n');
    const head = mask(terminalText(this.#head)).split('\n').slice(0, -1);
    return excerpt([...head, ...tail], this.#linesDropped + from, head.length);
  }

  #drop(): void {
    const dropped = this.#tail.slice(0, -MAX_TAIL);
    this.#tail = this.#tail.slice(-MAX_TAIL);
    this.#linesDropped += dropped.split('\n').length - 1;
  }
}

/**
 * Beginning and end of too many lines, with a line between them that says how many are left out.
 *
 * @param missing lines that are left out already, before the line `missingAt`
 */
function excerpt(lines: readonly string[], missing: number, missingAt = 0): string {
  const short = lines.map((line) => shortLine(line));
  let head = 0;
  const headLimit = missing > 0 ? missingAt : short.length;
  for (let room = OUTPUT_BUDGET * HEAD_SHARE; head < headLimit; head += 1) {
    room -= (short[head]?.length ?? 0) + 1;
    if (room < 0) break;
  }
  let tail = short.length;
  const used = short.slice(0, head).reduce((sum, line) => sum + line.length + 1, 0);
  for (let room = OUTPUT_BUDGET - used; tail > head; tail -= 1) {
    room -= (short[tail - 1]?.length ?? 0) + 1;
    if (room < 0) break;
  }
  const leftOut = tail - head + missing;
  const parts = [
    ...short.slice(0, head),
    ...(leftOut > 0 ? [`… ${leftOut} lines left out …`] : []),
    ...short.slice(tail),
  ];
  return parts.join('\n').trim();
}
