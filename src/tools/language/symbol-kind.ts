import * as vscode from 'vscode';

/** `Function` as `function`, as programmers say it. */
export function symbolKind(kind: vscode.SymbolKind): string {
  // An enum of TypeScript knows its names; VS Code's are English whatever its language is.
  const names: Readonly<Record<number, string>> = vscode.SymbolKind;
  return (names[kind] ?? 'symbol').replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
