import * as vscode from 'vscode';
import { fileText } from '../file-text.ts';
import type { Gate } from '../../gate/gate.ts';
import type { FileGlob } from './file-glob.ts';
import type { FoundFile, LineMatch, SearchRequest } from './found-lines.ts';
import { inOrder } from './in-order.ts';
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
