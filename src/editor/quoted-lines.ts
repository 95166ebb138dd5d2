import type * as vscode from 'vscode';
import type { Gate } from '../gate/gate.ts';

/** A line of a minified file can be a megabyte. UTF-16 units. */
const MAX_LINE_LENGTH = 240;

/** A larger document is masked around what is quoted only; a key has at most some hundred lines. UTF-16 units, lines. */
const MAX_MASKED_WHOLE = 400_000;
const MASKED_AROUND = 500;

/** As VS Code counts lines. */
const LINE_BREAK = /\r\n|\n|\r/;

export interface QuotedLines {
  /** Each line behind its number, so that nothing quoted can pass for a line of its own: `12| return total;` */
  readonly text: string;
  /** First and last line that is there, from 0; `last` < `first`: none. */
  readonly first: number;
  readonly last: number;
}

/** Lines of a text, secrets masked. What is masked is known from what stands around it. */
export class MaskedLines {
  readonly #lines: readonly string[];
  readonly #from: number;

  /**
   * @param text all of it
   * @param range that will be asked for, lines from 0; of a large text, what is far from it is missing
   */
  constructor(gate: Pick<Gate, 'mask'>, text: string, { start, end }: vscode.Range) {
    if (text.length <= MAX_MASKED_WHOLE) {
      this.#from = 0;
      this.#lines = gate.mask(text).split(LINE_BREAK);
    } else {
      this.#from = Math.max(0, start.line - MASKED_AROUND);
      const around = text.split(LINE_BREAK).slice(this.#from, end.line + MASKED_AROUND);
      this.#lines = gate.mask(around.join('\n')).split(LINE_BREAK);
    }
  }

  at(line: number): string {
    return this.#lines[line - this.#from] ?? '';
  }

  /** As it is quoted: behind its number, and not endless. */
  quoted(line: number, text = this.at(line)): string {
    return `${line + 1}| ${shortened(text)}`;
  }
}

/**
 * As many whole lines as fit, the nearest to `around` first.
 *
 * @param first of the lines that are wanted, from 0
 * @param last of them, included
 * @param budget UTF-16 units
 */
export function linesAround(
  lines: Pick<MaskedLines, 'quoted'>,
  { first, last, around }: { readonly first: number; readonly last: number; readonly around: number },
  budget: number,
): QuotedLines {
  const start = Math.min(Math.max(around, first), last);
  let [from, to] = [start, start - 1];
  let left = budget;
  const texts: string[] = [];
  const takes = (line: number): string | undefined => {
    if (line < first || line > last) return undefined;
    const text = lines.quoted(line);
    if (text.length + 1 > left) return undefined;
    left -= text.length + 1;
    return text;
  };
  for (let [up, down] = [true, true]; up || down;) {
    const below = down ? takes(to + 1) : undefined;
    if (below === undefined) down = false;
    else {
      to += 1;
      texts.push(below);
    }
    const above = up ? takes(from - 1) : undefined;
    if (above === undefined) up = false;
    else {
      from -= 1;
      texts.unshift(above);
    }
  }
  return { text: texts.join('\n'), first: from, last: to };
}

/** A text as part of one line: no line breaks, no more than that many UTF-16 units. */
export function inOneLine(text: string, maxLength = MAX_LINE_LENGTH): string {
  return shortened(text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim(), maxLength);
}

function shortened(text: string, maxLength = MAX_LINE_LENGTH): string {
  if (text.length <= maxLength) return text;
  // Half of a surrogate pair is no character.
  return `${text.slice(0, maxLength).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
