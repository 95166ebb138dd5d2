import '../protocol/zod.ts';
import * as vscode from 'vscode';
import * as z from 'zod';
import type { Gate } from '../gate/gate.ts';
import { quoted } from '../gate/quoted.ts';
import { parseGlob } from './search/file-glob.ts';
import { UnusableQuery, type FoundFile } from './search/found-lines.ts';
import { ripgrepBinary } from './search/ripgrep.ts';
import { searchWorkspace } from './search/search-workspace.ts';
import { shown } from './shown-path.ts';
import { failed, tool, type Tool } from './tool.ts';
import { RESULT_BUDGET } from './budget.ts';

/** A search that takes longer is ended, and what it found is told; well before the time limit of a tool. */
const SEARCH_MS = 8_000;

/**
 * Searches the workspace for a text.
 *
 * @param binary of ripgrep; where it tells none, files are scanned one by one
 */
export function searchText(gate: Gate, binary: () => Promise<string | undefined> = ripgrepBinary): Tool {
  return tool({
    name: 'search_text',
    kind: 'read',
    description:
      'Searches the files of the workspace for a text or a regular expression, line by line. Call it to find where something is said or used when you do not know the file; for a name in code, find_symbol and find_references are more exact. Each line comes with its number. Unsaved changes are searched as they are on screen; what git ignores and what is private is left out. "total" is how many lines match; "continueFrom" is what to give as "from" for the next ones.',
    schema: z.object({
      query: z.string().min(1).max(1_000).describe('What to look for, within a line.'),
      regex: z.boolean().optional().describe('The query is a regular expression. Absent: it is taken as it is.'),
      caseSensitive: z.boolean().optional().describe('Absent: large and small letters are the same.'),
      glob: z.string().optional().describe('Only in these files, as *.ts or src/**.'),
      from: z
        .number()
        .int()
        .min(0)
        .max(MAX_FOUND)
        .optional()
        .describe('Lines to pass over: continueFrom of the result before.'),
    }),
    line: ({ query }) => ({ text: `Searched for ${shown(quoted(query))}` }),
    async run({ query, regex = false, caseSensitive = false, glob, from = 0 }, { signal }) {
      if (/[\r\n]/.test(query)) return failed('The query has a line break in it. Search for a part of one line.', true);
      const files = parseGlob(glob);
      if ('refused' in files) return failed(files.refused, true);
      if (vscode.workspace.workspaceFolders === undefined) return failed('No folder is open in VS Code.');
      const bounded = AbortSignal.any([signal, AbortSignal.timeout(SEARCH_MS)]);
      let isPartial = false;
      try {
        const request = { query, isRegex: regex, isCaseSensitive: caseSensitive };
        const onPartial = (): void => void (isPartial = true);
        const found = searchWorkspace({
          gate,
          request,
          glob: files,
          binary: await binary(),
          signal: bounded,
          onPartial,
        });
        const page = await foundPage(found, from);
        isPartial ||= bounded.aborted;
        return {
          response: {
            status: 'ok',
            ...page,
            ...(isPartial && { incomplete: 'Not all files were searched. Give a glob to search fewer.' }),
          },
          line: { text: `Searched for ${shown(quoted(query))}: ${lineCount(page.total)}` },
        };
      } catch (cause) {
        if (!(cause instanceof UnusableQuery)) throw cause;
        return failed(`${quoted(query)} cannot be searched for. ${gate.mask(cause.message)}`, true);
      }
    },
  });
}

function lineCount(total: number | string): string {
  return total === 1 ? '1 line' : `${total} lines`;
}

/** Lines of one page: more are not read, only counted. */
const MAX_LINES = 100;
/** Lines that are looked for at all. */
const MAX_FOUND = 10_000;
/** How long is counted on once the page is full, milliseconds. */
const COUNTING_MS = 100;

interface FoundPage {
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
async function foundPage(
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
