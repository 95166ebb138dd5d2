import * as vscode from 'vscode';
import { nameOf } from './file-name.ts';

/**
 * What a preview shows: the open document that its title names ("Preview shelf.md", in any language). The longest name
 * wins, so that `a.md` is not taken for `data.md`; of two files with one name neither is guessed.
 */
export function previewedIn({ label }: vscode.Tab): vscode.Uri | undefined {
  const named = openUris().filter((uri) => isNamedIn(label, nameOf(uri)));
  const longest = Math.max(0, ...named.map((uri) => nameOf(uri).length));
  const candidates = new Map(
    named.filter((uri) => nameOf(uri).length === longest).map((uri) => [uri.toString(), uri] as const),
  );
  return candidates.size === 1 ? [...candidates.values()][0] : undefined;
}

function openUris(): vscode.Uri[] {
  const shown = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .map(({ input }) =>
      input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined,
    )
    .filter((uri) => uri !== undefined);
  return [...shown, ...vscode.workspace.textDocuments.filter(isFile).map(({ uri }) => uri)];
}

/** VS Code's own documents (output, settings, comments) have names, too. */
function isFile({ uri }: vscode.TextDocument): boolean {
  return !['output', 'vscode', 'vscode-userdata', 'git', 'comment'].includes(uri.scheme);
}

/** Preceded by a space, a quote or a bracket, and followed by the same or the end. */
function isNamedIn(label: string, name: string): boolean {
  if (name === '') return false;
  const at = label.indexOf(name);
  if (at < 0) return false;
  const [before, after] = [label.charAt(at - 1), label.charAt(at + name.length)];
  return !/[\w.-]/.test(before) && !/[\w.-]/.test(after);
}
