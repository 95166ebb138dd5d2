import * as vscode from 'vscode';

/** An editor and what may be told of it. */
export interface ShownText {
  readonly editor: vscode.TextEditor;
  /** As the model and the person call it. */
  readonly path: string;
}

/** VS Code counts these as text editors when they are clicked; nobody means them by "this file". */
const NOT_EDITED: readonly string[] = [
  'output',
  'debug',
  'comment',
  'vscode-scm',
  'search-editor',
  'talkthrough-proposal',
];

/** An editor and what may be told of it. */
export interface ShownText {
  readonly editor: vscode.TextEditor;
  /** As the model and the person call it. */
  readonly path: string;
}

/** The text editor that the person works in: the active one, also while the conversation or a terminal has the focus. */
export function shownEditor(): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors, tabGroups } = vscode.window;
  if (activeTextEditor !== undefined && isEdited(activeTextEditor)) return activeTextEditor;
  // The output panel is in front: what stands in the active group is still what is worked on.
  const { viewColumn, activeTab } = tabGroups.activeTabGroup;
  if (!(activeTab?.input instanceof vscode.TabInputText)) return undefined;
  return visibleTextEditors.find((editor) => editor.viewColumn === viewColumn && isEdited(editor));
}

/** Other text editors that can be seen beside it. */
export function editorsBeside(shown: vscode.TextEditor | undefined): readonly vscode.TextEditor[] {
  return vscode.window.visibleTextEditors.filter(
    (editor) => editor.document !== shown?.document && editor.viewColumn !== undefined && isEdited(editor),
  );
}

/** The file that a document belongs to: a notebook's cells are documents of their own. */
export function fileOf(document: vscode.TextDocument): vscode.Uri {
  return notebookOf(document)?.uri ?? document.uri;
}

/** The notebook that a document is a cell of. */
export function notebookOf(document: vscode.TextDocument): vscode.NotebookDocument | undefined {
  if (document.uri.scheme !== 'vscode-notebook-cell') return undefined;
  return vscode.workspace.notebookDocuments.find((notebook) =>
    notebook.getCells().some((cell) => cell.document === document),
  );
}

function isEdited({ document }: vscode.TextEditor): boolean {
  return !NOT_EDITED.includes(document.uri.scheme);
}
