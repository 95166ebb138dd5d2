import * as vscode from 'vscode';
import { fileText } from '../file-text.ts';
import type { Gate } from '../../gate/gate.ts';
import { excludePattern, includePattern } from './file-glob.ts';
import { findFiles } from './find-files.ts';
import type { FoundFile } from './found-lines.ts';
import type { LineMatcher } from './line-matcher.ts';
import { maskedLines } from './masked-lines.ts';
import { byPath } from './path-order.ts';
import type { FolderSearch } from './search-folder.ts';

/** Files that are looked into; more are not scanned while somebody waits for an answer. */
const MAX_FILES = 20_000;
/** Read at once: the file system of a virtual workspace answers slowly, and answers several as fast as one. */
const AT_ONCE = 32;

export interface Scan {
  readonly found: AsyncGenerator<FoundFile>;
  /** There are more files than were looked into. */
  readonly isPartial: boolean;
}

/** Searches file by file through VS Code's file system, where there is no ripgrep. */
export async function scanWorkspace(folder: vscode.Uri, matcher: LineMatcher, search: FolderSearch): Promise<Scan> {
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
export async function foundIn(masked: string, matcher: LineMatcher): Promise<FoundFile['lines']> {
  return maskedLines(masked, await matcher.match(masked));
}
