import * as vscode from 'vscode';
import { quoted } from './quoted.ts';

/** Something in the workspace, by its workspace folder and what follows. */
export interface Place {
  readonly folder: vscode.WorkspaceFolder;
  readonly segments: readonly string[];
}

export function uriOf({ folder, segments }: Place): vscode.Uri {
  return vscode.Uri.joinPath(folder.uri, ...segments);
}

/** As the model and the person see it: with forward slashes, and the folder's name in front where there are several. */
export function pathOf({ folder, segments }: Place): string {
  const path = [...(isOneOfSeveral() ? [folder.name] : []), ...segments].join('/');
  return path === '' ? '.' : path;
}

/** Where in the workspace a uri is, by its words alone; links are not followed. */
export function placeOf(uri: vscode.Uri): Place | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder === undefined) return undefined;
  const root = folder.uri.path.replace(/\/$/, '');
  const segments = uri.path
    .slice(root.length)
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.');
  return segments.includes('..') ? undefined : { folder, segments };
}

/** @param segments of a path that the model gave */
export function placeIn(segments: readonly string[]): Place | { readonly refused: string } {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [only] = folders;
  if (only === undefined) return { refused: 'No folder is open in VS Code, so there are no files to read.' };
  if (folders.length === 1) return { folder: only, segments };
  const [name = '', ...below] = segments;
  const folder = folders.find((one) => one.name === name);
  if (folder !== undefined) return { folder, segments: below };
  const names = folders.map((one) => one.name).join(', ');
  return { refused: `${quoted(segments.join('/'))} must begin with the name of a folder of this workspace: ${names}.` };
}

function isOneOfSeveral(): boolean {
  return (vscode.workspace.workspaceFolders?.length ?? 0) > 1;
}
