import * as vscode from 'vscode';
import type { Gate } from '../../gate/gate.ts';
import { fileText } from '../file-text.ts';
import type { FileGlob } from './file-glob.ts';
import type { FoundFile, LineMatch, SearchRequest } from './found-lines.ts';
import { maskedLines } from './masked-lines.ts';
import { ripgrep } from './ripgrep.ts';

export interface FolderSearch {
  readonly gate: Gate;
  readonly request: SearchRequest;
  readonly glob: FileGlob;
  /** Files that are searched otherwise, by uri. */
  readonly except: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

/** Files that are looked at once more while the first of them is waited for. */
const AT_ONCE = 8;

/** Searches a workspace folder on this machine with ripgrep; each file that it names passes the gate. */
export async function* searchFolder(
  binary: string,
  folder: vscode.Uri,
  { gate, request, glob, except, signal }: FolderSearch,
): AsyncGenerator<FoundFile> {
  const named = ripgrep({ binary, folder: folder.fsPath, request, glob, signal });
  const checked = inOrder(named, AT_ONCE, async ({ path, matches }) => {
    const uri = vscode.Uri.joinPath(folder, path);
    if (except.has(uri.toString()) || !(await gate.mayRead(uri))) return undefined;
    return verified(gate, uri, matches);
  });
  for await (const found of checked) if (found !== undefined) yield found;
}

/** The file is read once more: only its whole text tells where its secrets are. */
async function verified(gate: Gate, uri: vscode.Uri, matches: readonly LineMatch[]): Promise<FoundFile | undefined> {
  const read = await fileText(uri);
  const path = gate.relative(uri);
  if ('problem' in read || path === undefined) return undefined;
  const lines = maskedLines(read.text, matches);
  return lines.length === 0 ? undefined : { path, lines };
}

/**
 * Works on several items at once and tells the results in the items' order. Ends the source when the caller stops asking.
 *
 * @param atOnce how many are worked on while the first of them is waited for
 */
export async function* inOrder<Item, Result>(
  source: AsyncGenerator<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const working: Promise<Result>[] = [];
  for await (const item of source) {
    const result = work(item);
    // It is told when its turn comes; until then nobody listens.
    result.catch(() => undefined);
    working.push(result);
    if (working.length < atOnce) continue;
    const [first] = working.splice(0, 1);
    if (first !== undefined) yield await first;
  }
  for (const result of working) yield await result;
}
