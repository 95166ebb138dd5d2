import * as vscode from 'vscode';
import type { Gate } from '../../gate/gate.ts';
import { fileText } from '../file-text.ts';
import { includes, type FileGlob, excludePattern, includePattern } from './file-glob.ts';
import type { FoundFile, SearchRequest } from './found-lines.ts';
import { lineMatcher, type LineMatcher } from './line-matcher.ts';
import { maskedLines } from './masked-lines.ts';
import { byPath } from './path-order.ts';
import { ripgrep } from './ripgrep.ts';
import { searchFolder, type FolderSearch } from './search-folder.ts';
import { findFiles } from './find-files.ts';

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

/** Files that are looked into; more are not scanned while somebody waits for an answer. */
const MAX_FILES = 20_000;
/** Read at once: the file system of a virtual workspace answers slowly, and answers several as fast as one. */
const AT_ONCE = 32;

interface Scan {
  readonly found: AsyncGenerator<FoundFile>;
  /** There are more files than were looked into. */
  readonly isPartial: boolean;
}

/** Searches file by file through VS Code's file system, where there is no ripgrep. */
async function scanWorkspace(folder: vscode.Uri, matcher: LineMatcher, search: FolderSearch): Promise<Scan> {
  const { gate, glob, except, signal } = search;
  const include = new vscode.RelativePattern(folder, includePattern(glob));
  const uris = await findFiles(include, excludePattern(glob), MAX_FILES, signal);
  const files: (readonly [string, vscode.Uri])[] = [];
  for (const uri of await gate.listable(uris)) {
    const path = gate.relative(uri);
    if (path !== undefined && !except.has(uri.toString())) files.push([path, uri]);
  }
  files.sort(([one], [other]) => byPath(one, other));
  return { found: scan(files, matcher, search), isPartial: uris.length >= MAX_FILES };
}

async function* scan(
  files: readonly (readonly [string, vscode.Uri])[],
  matcher: LineMatcher,
  { gate, signal }: FolderSearch,
): AsyncGenerator<FoundFile> {
  for (let next = 0; next < files.length && !signal.aborted; next += AT_ONCE) {
    const batch = files.slice(next, next + AT_ONCE);
    const texts = await Promise.all(batch.map(([, uri]) => fileText(uri)));
    for (const [i, [path]] of batch.entries()) {
      const read = texts[i];
      if (read === undefined || 'problem' in read) continue;
      // Most files have nothing; those need not be masked.
      if ((await matcher.match(read.text)).length === 0) continue;
      const lines = await foundIn(gate.mask(read.text), matcher);
      if (lines.length > 0 && (await isItself(gate, path))) yield { path, lines };
    }
  }
}

/** Not by a link, which may lead out, and else leads to what is searched at its own place. */
async function isItself(gate: Gate, path: string): Promise<boolean> {
  const admitted = await gate.readable(path);
  return 'path' in admitted && admitted.path === path;
}

/** @param masked so that no expression can look into a secret, not even with what stands around it */
async function foundIn(masked: string, matcher: LineMatcher): Promise<FoundFile['lines']> {
  return maskedLines(masked, await matcher.match(masked));
}
