import * as vscode from 'vscode';
import { fileText } from '../file-text.ts';
import type { Gate } from '../../gate/gate.ts';
import { byPath } from './path-order.ts';

/** A document that is searched as the person sees it. */
export interface OnScreen {
  readonly uri: vscode.Uri;
  readonly path: string;
  readonly text: string;
}

/**
 * Documents that a search of the disk would miss: changed and not saved, or ignored by git but open.
 *
 * @param folder only those below it
 */
export async function onScreen(gate: Gate, folder: vscode.WorkspaceFolder): Promise<readonly OnScreen[]> {
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
