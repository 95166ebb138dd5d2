import { stringAt, type JsonObject } from '../wire/json-value.ts';
import type { Uses } from './editor-answers.ts';
import { CannotTell, type Inquiry } from './inquiry.ts';

/**
 * What `propose_edit` takes for one file: a single edit from the first to the last line that has the name, wide enough to be
 * found once. The diff editor shows only what differs.
 */
export async function renameInFile(
  ask: Inquiry,
  { path, lines }: Uses,
  name: string,
  to: string,
): Promise<{ path: string; edits: JsonObject[] }> {
  const code = await allLines(ask, path);
  let first = (lines[0] ?? 1) - 1;
  let last = (lines.at(-1) ?? 1) - 1;
  const text = code.join('\n');
  const found = (): string => code.slice(first, last + 1).join('\n');
  while (text.split(found()).length > 2 && (first > 0 || last < code.length - 1)) {
    first = Math.max(0, first - 1);
    last = Math.min(code.length - 1, last + 1);
  }
  const word = new RegExp(`(?<![\\p{L}\\p{N}_$])${name.replaceAll('$', '\\$')}(?![\\p{L}\\p{N}_$])`, 'gu');
  const renamed = code.slice(first, last + 1).map((line, at) => {
    return lines.includes(first + at + 1) ? line.replaceAll(word, () => to) : line;
  });
  return { path, edits: [{ find: found(), replace: renamed.join('\n') }] };
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
