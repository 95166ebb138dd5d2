import * as vscode from 'vscode';
import type { Gate } from '../gate/gate.ts';

/** Calls `stale` whenever something that was read may not be so any more: on screen, on disk, or as far as it may be read. */
export function whenReadIsStale(gate: Pick<Gate, 'onDidChange'>, stale: () => void): readonly vscode.Disposable[] {
  const files = vscode.workspace.createFileSystemWatcher('**/*');
  return [
    files,
    files.onDidChange(stale),
    files.onDidCreate(stale),
    files.onDidDelete(stale),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      // The log of this very extension is a document, too.
      if (contentChanges.length > 0 && document.uri.scheme !== 'output') stale();
    }),
    vscode.languages.onDidChangeDiagnostics(stale),
    vscode.workspace.onDidChangeWorkspaceFolders(stale),
    gate.onDidChange(stale),
  ];
}
