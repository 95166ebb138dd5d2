import * as vscode from 'vscode';
import type { Gate } from '../../gate/gate.ts';
import { fileText } from '../file-text.ts';
import { includes, type FileGlob } from './file-glob.ts';
import type { FoundFile, SearchRequest } from './found-lines.ts';
import { lineMatcher } from './line-matcher.ts';
import { maskedLines } from './masked-lines.ts';
import { byPath } from './path-order.ts';
import { ripgrep } from './ripgrep.ts';
import { foundIn, scanWorkspace } from './scan-workspace.ts';
import { searchFolder } from './search-folder.ts';

export interface WorkspaceSearch {
  readonly gate: Gate;
  readonly request: SearchRequest;
  readonly glob: FileGlob;
  /** The ripgrep of this machine, where there is one. */
  readonly binary: string | undefined;
  readonly signal: AbortSignal;
  /** Told when some files were not looked into. */
  readonly onPartial: () => void;
}

/**
 * Files that match, folder by folder in the order of their paths.
 *
 * @throws UnusableQuery
 */
export async function* searchWorkspace(search: WorkspaceSearch): AsyncGenerator<FoundFile> {
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    const documents = (await onScreen(search.gate, folder)).filter(({ uri }) =>
      includes(search.glob, uri.path.slice(folder.uri.path.length + 1)),
    );
    const { binary } = search;
    if (binary !== undefined && folder.uri.scheme === 'file') yield* withRipgrep(binary, folder, documents, search);
    else yield* byScanning(folder, documents, search);
  }
}

async function* withRipgrep(
  binary: string,
  folder: vscode.WorkspaceFolder,
  documents: readonly OnScreen[],
  search: WorkspaceSearch,
): AsyncGenerator<FoundFile> {
  const shown: FoundFile[] = [];
  for (const { path, text } of documents) {
    for await (const { matches } of ripgrep({ ...search, binary, folder: folder.uri.fsPath, text })) {
      shown.push({ path, lines: maskedLines(text, matches) });
    }
  }
  yield* merged(shown, searchFolder(binary, folder.uri, { ...search, except: urisOf(documents) }));
}

async function* byScanning(
  folder: vscode.WorkspaceFolder,
  documents: readonly OnScreen[],
  search: WorkspaceSearch,
): AsyncGenerator<FoundFile> {
  const matcher = lineMatcher(search.request);
  try {
    const shown: FoundFile[] = [];
    for (const { path, text } of documents) shown.push({ path, lines: await foundIn(search.gate.mask(text), matcher) });
    const { found, isPartial } = await scanWorkspace(folder.uri, matcher, { ...search, except: urisOf(documents) });
    if (isPartial) search.onPartial();
    yield* merged(shown, found);
  } finally {
    matcher.dispose();
  }
}

/** @param shown few, sorted */
async function* merged(shown: readonly FoundFile[], found: AsyncGenerator<FoundFile>): AsyncGenerator<FoundFile> {
  const waiting = shown.filter(({ lines }) => lines.length > 0);
  for await (const file of found) {
    for (let [next] = waiting; next !== undefined && byPath(next.path, file.path) < 0; [next] = waiting) {
      waiting.shift();
      yield next;
    }
    yield file;
  }
  yield* waiting;
}

function urisOf(documents: readonly OnScreen[]): ReadonlySet<string> {
  return new Set(documents.map(({ uri }) => uri.toString()));
}

/** A document that is searched as the person sees it. */
interface OnScreen {
  readonly uri: vscode.Uri;
  readonly path: string;
  readonly text: string;
}

/**
 * Documents that a search of the disk would miss: changed and not saved, or ignored by git but open.
 *
 * @param folder only those below it
 */
async function onScreen(gate: Gate, folder: vscode.WorkspaceFolder): Promise<readonly OnScreen[]> {
  const found: OnScreen[] = [];
  for (const { uri, isDirty } of vscode.workspace.textDocuments) {
    if (vscode.workspace.getWorkspaceFolder(uri) !== folder) continue;
    if (!isDirty && !(await gate.isUnlocked(uri))) continue;
    const path = gate.relative(uri);
    if (path === undefined || !(await gate.mayRead(uri))) continue;
    const read = await fileText(uri);
    if ('text' in read) found.push({ uri, path, text: read.text });
  }
  return found.sort((one, other) => byPath(one.path, other.path));
}
