import * as vscode from 'vscode';

/** Files that the person has open in an editor, in whatever group or kind of editor. */
export function isOpenInTab(...uris: readonly vscode.Uri[]): boolean {
  const sought = new Set(uris.map((uri) => uri.toString()));
  return vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => urisOf(input).some((uri) => sought.has(uri.toString()))),
  );
}

function urisOf(input: unknown): readonly vscode.Uri[] {
  if (input instanceof vscode.TabInputTextDiff) return [input.original, input.modified];
  if (input instanceof vscode.TabInputText) return [input.uri];
  if (input instanceof vscode.TabInputNotebook) return [input.uri];
  if (input instanceof vscode.TabInputCustom) return [input.uri];
  return [];
}
