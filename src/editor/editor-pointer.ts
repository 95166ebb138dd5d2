import * as vscode from 'vscode';
import { Highlight, HIGHLIGHT_TIMINGS, type HighlightTimings } from './highlight.ts';
import { shownEditor } from './shown-editor.ts';

/** Who typed so shortly ago is still typing: nothing is put in the way of the next key. Milliseconds. */
const TYPING_MS = 3_000;

export interface PointedLines {
  readonly document: vscode.TextDocument;
  /** From 0, both included. */
  readonly first: number;
  readonly last: number;
  /** A few words behind the first line. */
  readonly note?: string;
}

/**
 * Shows the person a place in the code while it is spoken of, and takes nothing away for it: not the focus, not the cursor, not
 * a tab that was only previewed, and not the editor they are typing in.
 */
export class EditorPointer implements vscode.Disposable {
  readonly #highlight: Highlight;
  readonly #listener: vscode.Disposable;
  #typed: { readonly document: vscode.TextDocument; readonly atMs: number } | undefined;
  /** Opened here, so that the next may take its tab. */
  #previewed: string | undefined;

  constructor(timings: HighlightTimings = HIGHLIGHT_TIMINGS) {
    this.#highlight = new Highlight(timings);
    this.#listener = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0 || document !== shownEditor()?.document) return;
      this.#typed = { document, atMs: performance.now() };
    });
  }

  /** @returns the editor in which it is seen */
  async point({ document, first, last, note }: PointedLines): Promise<vscode.TextEditor> {
    const lines = new vscode.Range(first, 0, last, document.lineAt(last).range.end.character);
    const editor = await this.#open(document);
    editor.revealRange(lines, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    void this.#highlight.show(editor, lines, note);
    return editor;
  }

  dispose(): void {
    this.#listener.dispose();
    this.#highlight.dispose();
  }

  async #open(document: vscode.TextDocument): Promise<vscode.TextEditor> {
    const { visibleTextEditors } = vscode.window;
    const typedIn = this.#typedIn();
    const visible = visibleTextEditors.find((editor) => editor.document === document && editor !== typedIn);
    if (visible?.viewColumn !== undefined) return visible;
    const viewColumn = typedIn === undefined ? columnOf(document) : columnBeside(typedIn);
    await this.#keepPreviewed(document);
    this.#previewed = document.uri.toString();
    return vscode.window.showTextDocument(document, { viewColumn, preview: true, preserveFocus: true });
  }

  /** The editor that the next key goes to. */
  #typedIn(): vscode.TextEditor | undefined {
    const editor = shownEditor();
    if (this.#typed === undefined || editor?.document !== this.#typed.document) return undefined;
    return performance.now() - this.#typed.atMs < TYPING_MS ? editor : undefined;
  }

  /** A tab that the person previews would be taken for this one; what was previewed here may be. */
  async #keepPreviewed(document: vscode.TextDocument): Promise<void> {
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    if (activeTab?.isPreview !== true || !(activeTab.input instanceof vscode.TabInputText)) return;
    const previewed = activeTab.input.uri.toString();
    if (previewed === this.#previewed || previewed === document.uri.toString()) return;
    await vscode.commands.executeCommand('workbench.action.keepEditor');
  }
}

/** Where the document has a tab already, else where the person works. */
function columnOf(document: vscode.TextDocument): vscode.ViewColumn {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  const uri = document.uri.toString();
  const groups = [activeTabGroup, ...all];
  const group = groups.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri),
  );
  return group?.viewColumn ?? vscode.ViewColumn.Active;
}

/** A group that is there, rather than one more. */
function columnBeside({ viewColumn }: vscode.TextEditor): vscode.ViewColumn {
  const other = vscode.window.tabGroups.all.find((group) => group.viewColumn !== viewColumn);
  return other?.viewColumn ?? vscode.ViewColumn.Beside;
}
