import { RESULT_BUDGET } from '../budget.ts';
import type { FoundFile } from './found-lines.ts';

/** Lines of one page: more are not read, only counted. */
const MAX_LINES = 100;
/** Lines that are looked for at all. */
export const MAX_FOUND = 10_000;
/** How long is counted on once the page is full, milliseconds. */
const COUNTING_MS = 100;

export interface FoundPage {
  /** How many lines match; a text where nobody counted to the end. */
  readonly total: number | string;
  /** Lines as `12: text`, by file. */
  readonly files: readonly { readonly path: string; readonly lines: readonly string[] }[];
  readonly continueFrom?: number;
}

/**
 * One page of what a search finds, and how much there is in all, as far as that is known soon.
 *
 * @param from lines to pass over
 */
export async function foundPage(
  found: AsyncGenerator<FoundFile>,
  from: number,
  nowMs = () => performance.now(),
): Promise<FoundPage> {
  const files: { path: string; lines: string[] }[] = [];
  let count = 0;
  let lineCount = 0;
  let length = 0;
  let continueFrom: number | undefined;
  let fullSinceMs = 0;
  for await (const { path, lines } of found) {
    for (const { line, text } of lines) {
      const shown = `${line}: ${text}`;
      const isNewFile = files.at(-1)?.path !== path;
      const added = shown.length + 4 + (isNewFile ? path.length + 24 : 0);
      if (continueFrom === undefined && count >= from) {
        if (lineCount > 0 && (length + added > RESULT_BUDGET || lineCount >= MAX_LINES)) {
          continueFrom = count;
          fullSinceMs = nowMs();
        } else {
          if (isNewFile) files.push({ path, lines: [] });
          files.at(-1)?.lines.push(shown);
          lineCount += 1;
          length += added;
        }
      }
      count += 1;
    }
    const isCounted = count >= MAX_FOUND || (continueFrom !== undefined && nowMs() - fullSinceMs > COUNTING_MS);
    if (isCounted) return { total: `at least ${count}`, files, ...(continueFrom !== undefined && { continueFrom }) };
  }
  return { total: count, files, ...(continueFrom !== undefined && { continueFrom }) };
}
