import * as vscode from 'vscode';
import { fileText } from '../file-text.ts';
import type { Gate } from '../gate.ts';
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

/** Searches a workspace folder on this machine with ripgrep; each file that it names passes the gate. */
export async function* searchFolder(
  binary: string,
  folder: vscode.Uri,
  { gate, request, glob, except, signal }: FolderSearch,
): AsyncGenerator<FoundFile> {
  for await (const { path, matches } of ripgrep({ binary, folder: folder.fsPath, request, glob, signal })) {
    const uri = vscode.Uri.joinPath(folder, path);
    if (except.has(uri.toString()) || !(await gate.mayRead(uri))) continue;
    const found = await verified(gate, uri, matches);
    if (found !== undefined) yield found;
  }
}

/** The file is read once more: only its whole text tells where its secrets are. */
async function verified(gate: Gate, uri: vscode.Uri, matches: readonly LineMatch[]): Promise<FoundFile | undefined> {
  const read = await fileText(uri);
  const path = gate.relative(uri);
  if ('problem' in read || path === undefined) return undefined;
  const lines = maskedLines(read.text, matches);
  return lines.length === 0 ? undefined : { path, lines };
}
