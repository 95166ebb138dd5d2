import { stringAt, type JsonObject } from '../wire/json-value.ts';
import type { Uses } from './editor-answers.ts';
import { CannotTell, type Inquiry } from './inquiry.ts';

/** Lines of a file, from 0, both included. */
interface Stretch {
  readonly first: number;
  readonly last: number;
}

/** What `propose_edit` takes for one file: the lines that have the name, each with as much around it as makes it the only one. */
export async function renameInFile(
  ask: Inquiry,
  { path, lines }: Uses,
  name: string,
  to: string,
): Promise<{ path: string; edits: JsonObject[] }> {
  const code = await allLines(ask, path);
  const stretches: Stretch[] = [];
  for (const line of lines) {
    const stretch = onlyOne(code, line - 1);
    const before = stretches.at(-1);
    if (before === undefined || before.last < stretch.first) stretches.push(stretch);
    else stretches[stretches.length - 1] = { first: before.first, last: Math.max(before.last, stretch.last) };
  }
  const word = new RegExp(`(?<![\\p{L}\\p{N}_$])${name.replaceAll('$', '\\$')}(?![\\p{L}\\p{N}_$])`, 'gu');
  const renamed = code.map((text, at) => (lines.includes(at + 1) ? text.replaceAll(word, () => to) : text));
  const textOf = (from: readonly string[], { first, last }: Stretch): string => from.slice(first, last + 1).join('\n');
  return { path, edits: stretches.map((each) => ({ find: textOf(code, each), replace: textOf(renamed, each) })) };
}

/** A line, with so many around it that the text occurs once. */
function onlyOne(code: readonly string[], line: number): Stretch {
  const all = code.join('\n');
  let [first, last] = [line, line];
  while (all.split(code.slice(first, last + 1).join('\n')).length > 2 && (first > 0 || last < code.length - 1)) {
    first = Math.max(0, first - 1);
    last = Math.min(code.length - 1, last + 1);
  }
  return { first, last };
}

/** A file as it is now, its line numbers taken off; it comes in parts. */
async function allLines(ask: Inquiry, path: string): Promise<readonly string[]> {
  const code: string[] = [];
  let from: number | undefined = 1;
  while (from !== undefined) {
    const part = await ask.call('read_file', { path, from });
    code.push(...(stringAt(part, 'text') ?? '').split('\n').map((line) => line.replace(/^\d+\t/, '')));
    const next: unknown = part['continueFrom'];
    if (typeof next === 'number' && next <= from) throw new CannotTell(`I cannot read all of ${path}.`);
    from = typeof next === 'number' ? next : undefined;
  }
  return code;
}
