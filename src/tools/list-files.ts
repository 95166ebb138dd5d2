import '../protocol/zod.ts';
import * as vscode from 'vscode';
import * as z from 'zod';
import { pageOf } from './budget.ts';
import type { Gate } from '../gate/gate.ts';
import { excludePattern, includePattern, parseGlob, type FileGlob } from './search/file-glob.ts';
import { findFiles } from './search/find-files.ts';
import { byPath } from './search/path-order.ts';
import { shown } from './shown-path.ts';
import { failed, tool, type Tool } from './tool.ts';

/** Files that VS Code is asked for; a list that nobody reads to its end need not be complete. */
const MAX_FILES = 20_000;

/** Lists files of the workspace. */
export function listFiles(gate: Gate): Tool {
  return tool({
    name: 'list_files',
    kind: 'read',
    description:
      'Lists files of the workspace by path, sorted. Call it to find a file by its name or to see what there is. Give a glob, a folder, or both; the fewer files match, the better. What git ignores and what is private is left out. "total" is how many there are; "continueFrom" is what to give as "from" for the next ones.',
    schema: z.object({
      glob: z.string().optional().describe('As *.ts (anywhere), src/**/*.test.ts or package.json. Absent: all files.'),
      under: z.string().optional().describe('A folder to look in, relative to the workspace.'),
      from: z.number().int().min(0).optional().describe('How many to pass over: continueFrom of the result before.'),
    }),
    line: ({ glob, under }) => ({
      text: `Listed ${shown([glob ?? 'files', ...(under === undefined ? [] : ['in', under])].join(' '))}`,
    }),
    async run({ glob, under, from = 0 }, { signal }) {
      const wanted = parseGlob(glob);
      if ('refused' in wanted) return failed(wanted.refused);
      const folder = under === undefined ? undefined : await gate.readable(under, signal);
      if (folder !== undefined && 'refused' in folder) return failed(folder.refused);
      if (vscode.workspace.workspaceFolders === undefined) return failed('No folder is open in VS Code.');
      const { paths, isComplete } = await findPaths(gate, wanted, folder?.uri, signal);
      const { items, continueFrom } = pageOf([...paths.keys()], from, (path) => path.length + 3);
      const files: string[] = [];
      for (const path of items) {
        const uri = paths.get(path);
        // Links are followed only for those that are shown.
        if (uri !== undefined && (await gate.mayRead(uri))) files.push(path);
      }
      return {
        response: {
          status: 'ok',
          total: isComplete ? paths.size : `more than ${paths.size}`,
          files,
          ...(continueFrom !== undefined && { continueFrom }),
        },
      };
    },
  });
}

async function findPaths(
  gate: Gate,
  glob: FileGlob,
  folder: vscode.Uri | undefined,
  signal: AbortSignal,
): Promise<{ readonly paths: ReadonlyMap<string, vscode.Uri>; readonly isComplete: boolean }> {
  const include = includePattern(glob);
  const uris = await findFiles(
    folder === undefined ? include : new vscode.RelativePattern(folder, include),
    excludePattern(glob),
    MAX_FILES,
    signal,
  );
  const listed: (readonly [string, vscode.Uri])[] = [];
  for (const uri of await gate.listable(uris)) {
    const path = gate.relative(uri);
    if (path !== undefined) listed.push([path, uri]);
  }
  listed.sort(([one], [other]) => byPath(one, other));
  return { paths: new Map(listed), isComplete: uris.length < MAX_FILES };
}
