import * as vscode from 'vscode';
import { textDocument, type ProposedFile } from './proposed-file.ts';

export interface Written {
  /** Paths of files that had unsaved changes before, or could not be saved: they wait for the person to save them. */
  readonly unsaved: readonly string[];
}

/**
 * Writes all of it as one edit, which one undo takes back. The texts must be as the proposal knows them: VS Code refuses the
 * edit where one has changed in between. Saved is what was saved before: a person who has unsaved changes in a file decides
 * themselves when they are saved.
 *
 * @returns nothing where VS Code did not take it; then nothing is written
 */
export async function writeProposal(files: readonly ProposedFile[]): Promise<Written | undefined> {
  const edit = new vscode.WorkspaceEdit();
  const wereSaved: vscode.TextDocument[] = [];
  const unsaved: string[] = [];
  // First all are opened: from then on nothing is waited for until VS Code has the edit, so that nobody types in between.
  const documents = new Map<ProposedFile, vscode.TextDocument>();
  for (const file of files) {
    const document = file.wanted.kind === 'create' ? undefined : await textDocument(file.wanted.uri);
    if (document !== undefined) documents.set(file, document);
  }
  for (const file of files) {
    const { wanted, text, base, replacements } = file;
    if (wanted.kind === 'create') {
      edit.createFile(wanted.uri, {
        contents: new TextEncoder().encode(text),
        overwrite: false,
        ignoreIfExists: false,
      });
      continue;
    }
    const document = documents.get(file);
    if (document?.getText() !== base) return undefined;
    if (document.isDirty) unsaved.push(wanted.path);
    else wereSaved.push(document);
    for (const { start, end, text: put } of replacements) {
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      edit.replace(wanted.uri, range, put);
    }
  }
  if (!(await vscode.workspace.applyEdit(edit))) return undefined;
  for (const document of wereSaved) {
    // One that cannot be saved stays changed on screen, with VS Code's own message.
    if (!(await saved(document))) unsaved.push(vscode.workspace.asRelativePath(document.uri));
  }
  return { unsaved };
}

/** False also where it was closed meanwhile: what is written is written. */
async function saved(document: vscode.TextDocument): Promise<boolean> {
  try {
    return await document.save();
  } catch {
    return false;
  }
}

/** Shows the first place that was changed, so that what was written is seen and an undo goes there. */
export async function showWritten([first]: readonly ProposedFile[]): Promise<void> {
  if (first === undefined) return;
  const document = await textDocument(first.wanted.uri);
  if (document === undefined) return;
  const at = document.positionAt(first.replacements[0]?.start ?? 0);
  await vscode.window.showTextDocument(document, { preview: false, selection: new vscode.Range(at, at) });
}
