import { lstat, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import type { Place } from './workspace-places.ts';

/** Where a place really is, once all links on the way are followed. */
export type RealPlace =
  | { readonly kind: 'file' | 'missing'; readonly place: Place }
  /** Outside of the workspace, or where nobody can tell. */
  | { readonly kind: 'outside' };

const OUTSIDE: RealPlace = { kind: 'outside' };

/** Follows links where the system can tell where they lead; elsewhere a path with a link in it leads outside. */
export function realPlace(place: Place): Promise<RealPlace> {
  return place.folder.uri.scheme === 'file' ? onThisMachine(place) : elsewhere(place);
}

async function onThisMachine(place: Place): Promise<RealPlace> {
  const real = await realPathOf(join(place.folder.uri.fsPath, ...place.segments));
  if (real === undefined) return OUTSIDE;
  // The folder that was asked for first: one folder of a workspace may be inside of another.
  const folders = [place.folder, ...(vscode.workspace.workspaceFolders ?? [])];
  for (const folder of folders) {
    if (folder.uri.scheme !== 'file') continue;
    const root = await realpath(folder.uri.fsPath).catch(() => undefined);
    if (root === undefined) continue;
    const below = relative(root, real.path);
    if (isAbsolute(below) || below === '..' || below.startsWith(`..${sep}`)) continue;
    const segments = below.split(sep).filter((segment) => segment !== '');
    return { kind: real.exists ? 'file' : 'missing', place: { folder, segments } };
  }
  return OUTSIDE;
}

/** In the file system's own spelling. Of what does not exist, the part that does, and the rest; nothing for a loose end. */
async function realPathOf(path: string): Promise<{ path: string; exists: boolean } | undefined> {
  const missing: string[] = [];
  for (let existing = path; ; existing = dirname(existing)) {
    const found = await realpath(existing).catch(() => undefined);
    if (found !== undefined) return { path: join(found, ...missing), exists: missing.length === 0 };
    // A link into the void: what is written there would appear wherever it points to.
    const isLink = await lstat(existing).then(
      () => true,
      () => false,
    );
    if (isLink || dirname(existing) === existing) return undefined;
    missing.unshift(existing.slice(dirname(existing).length).replace(/^[\\/]/, ''));
  }
}

async function elsewhere(place: Place): Promise<RealPlace> {
  let uri = place.folder.uri;
  for (const segment of place.segments) {
    uri = vscode.Uri.joinPath(uri, segment);
    const stat = await Promise.resolve(vscode.workspace.fs.stat(uri)).catch(() => undefined);
    if (stat === undefined) return { kind: 'missing', place };
    if ((stat.type & vscode.FileType.SymbolicLink) !== 0) return OUTSIDE;
  }
  return { kind: 'file', place };
}
