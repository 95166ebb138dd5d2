import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** The folder that is open in this window. */
export function projectFolder(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'a folder is open');
  return folder.uri;
}

/** @param path relative to the open folder, with forward slashes */
export function inProject(path: string): vscode.Uri {
  return vscode.Uri.joinPath(projectFolder(), path);
}
