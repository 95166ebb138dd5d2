import * as vscode from 'vscode';
import { textDocument, type ProposedFile } from './proposed-file.ts';
import type { Proposal } from './proposal.ts';

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

/** What became of a proposal. */
export type Decision =
  | { readonly kind: 'accepted'; readonly unsaved: readonly string[] }
  | { readonly kind: 'discarded' }
  /** The file is not what it was any more, but the change still fits: it waits to be read again. */
  | { readonly kind: 'changed'; readonly paths: readonly string[] }
  | { readonly kind: 'unfit'; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'crowded-out' };

/** Told again with each new one: a model that missed one, or begins anew, knows how things stand. */
const MAX_RECENT = 3;

/** What the model is told of the person's decisions: the newest, and those just before. */
export class Decisions {
  readonly #recent: string[] = [];

  /** @returns a note for the session; the newest stands for all before it */
  made({ summary, files }: Proposal, decision: Decision): string {
    const paths = files.map(({ wanted }) => wanted.path).join(', ');
    this.#recent.unshift(`${JSON.stringify(summary)} (${paths}): ${sentence(decision)}`);
    this.#recent.splice(MAX_RECENT);
    return `What became of the changes you proposed, the newest first:\n${this.#recent.join('\n')}`;
  }
}

function sentence(decision: Decision): string {
  switch (decision.kind) {
    case 'accepted':
      return decision.unsaved.length === 0
        ? 'The person accepted it. It is written and saved.'
        : `The person accepted it. It is written, but not saved in ${decision.unsaved.join(', ')}, where there were unsaved changes.`;
    case 'discarded':
      return 'The person discarded it. Nothing was changed. Do not propose it again unless they ask.';
    case 'changed':
      return `The person wanted to accept it, but ${decision.paths.join(', ')} had changed. It still fits and is shown to them again; nothing is written yet.`;
    case 'unfit':
      return `It could not be accepted any more, and nothing was changed. ${decision.why}`;
    case 'refused':
      return `It was not written. ${decision.why}`;
    case 'replaced':
      return 'A newer proposal of yours for the same place took its place. Nothing was changed by this one.';
    case 'crowded-out':
      return 'It was dropped undecided, because too many others wait. Nothing was changed.';
  }
}
