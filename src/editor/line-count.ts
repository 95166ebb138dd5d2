import type * as vscode from 'vscode';

/** How many lines a document has for whoever reads it: the empty one after its last line end, which VS Code counts, is none. */
export function readableLineCount(document: Pick<vscode.TextDocument, 'lineCount' | 'lineAt'>): number {
  const { lineCount } = document;
  return lineCount > 1 && document.lineAt(lineCount - 1).text === '' ? lineCount - 1 : lineCount;
}
