import * as vscode from 'vscode';
import { applyReplacements, lineAt, matchEdits, type Edit, type Replacement } from './exact-match.ts';

/** What is wanted of one file. Its place has passed the gate. */
export type WantedFile = {
  readonly uri: vscode.Uri;
  /** Workspace-relative, with forward slashes. */
  readonly path: string;
} & ({ readonly kind: 'edit'; readonly edits: readonly Edit[] } | { readonly kind: 'create'; readonly text: string });

/** What would become of one file, on top of the text it has now. */
export interface ProposedFile {
  readonly wanted: WantedFile;
  /** The text that was changed, with what is not saved yet; of a file to be created, none. */
  readonly base: string;
  readonly text: string;
  readonly replacements: readonly Replacement[];
}

/** Larger ones are data, and a diff of them cannot be read. Bytes. */
const MAX_FILE_BYTES = 2_000_000;

/**
 * Works out what would become of a file as it is now, on screen or on disk.
 *
 * @param mask what a text may show of itself to the model
 * @returns `miss`: why nothing would, in one sentence or more for the model
 */
export async function proposedFile(
  wanted: WantedFile,
  mask: (text: string) => string,
): Promise<ProposedFile | { readonly miss: string }> {
  const stat = await statOf(wanted.uri);
  if (wanted.kind === 'create') {
    if (stat !== undefined) return { miss: `${wanted.path} exists already: use propose_edit to change it.` };
    return { wanted, base: '', text: wanted.text, replacements: [] };
  }
  if (stat === undefined) return { miss: `${wanted.path} does not exist: use create_file to make it.` };
  const refused = unfit(wanted, stat);
  if (refused !== undefined) return { miss: refused };
  const document = await textDocument(wanted.uri);
  if (document === undefined) return { miss: `${wanted.path} cannot be opened as text.` };
  const base = document.getText();
  const match = matchEdits(base, wanted.edits, () => mask(base));
  if ('misses' in match) return { miss: [`${wanted.path}:`, ...match.misses].join('\n') };
  const { replacements } = match;
  return { wanted, base, text: applyReplacements(base, replacements), replacements };
}

/** Whether two proposals for one file would change the same place, as a corrected proposal does. */
export function changesSamePlace(a: ProposedFile, b: ProposedFile): boolean {
  if (a.wanted.uri.toString() !== b.wanted.uri.toString()) return false;
  if (a.wanted.kind === 'create' || b.wanted.kind === 'create' || a.base !== b.base) return true;
  return a.replacements.some((one) => b.replacements.some((other) => one.start <= other.end && other.start <= one.end));
}

/** Line of the first change, from 1. */
export function firstChangedLine({ base, replacements: [first] }: ProposedFile): number {
  return first === undefined ? 1 : lineAt(base, first.start);
}

export async function textDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    // Binary, gone, or of a kind that VS Code opens in no text editor.
    return undefined;
  }
}

function unfit({ uri, path }: WantedFile, { type, size }: vscode.FileStat): string | undefined {
  if ((type & vscode.FileType.Directory) !== 0) return `${path} is a folder.`;
  if (size > MAX_FILE_BYTES) return `${path} is too large to be changed here: ${Math.round(size / 1_000_000)} MB.`;
  const isNotebook = vscode.workspace.notebookDocuments.some((notebook) => notebook.uri.toString() === uri.toString());
  return isNotebook ? `${path} is open as a notebook, which cannot be changed as text.` : undefined;
}

async function statOf(uri: vscode.Uri): Promise<vscode.FileStat | undefined> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch {
    return undefined;
  }
}
