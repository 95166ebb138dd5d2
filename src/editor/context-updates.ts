import * as vscode from 'vscode';
import { shownEditor } from './shown-editor.ts';

/**
 * What kind of thing has changed. - `place`: another file, selection or tab, a click or a jump, or other problems: what
 * "this" means. - `drift`: the cursor moved by keys, lines were scrolled or typed.
 */
export type EditorChange = 'place' | 'drift';

/** Milliseconds. */
export interface UpdateTimings {
  /** Changes are gathered until none came for this long. */
  readonly placeMs: number;
  /** At most one update in this time while a person only scrolls, types or moves the cursor: each stays in what is billed. */
  readonly driftMs: number;
}

export const UPDATE_TIMINGS: UpdateTimings = { placeMs: 400, driftMs: 2_000 };

/** Notices what changes in the editor, and says so when it has settled. */
export class ContextUpdates implements vscode.Disposable {
  readonly #timings: UpdateTimings;
  readonly #update: (change: EditorChange) => void;
  readonly #listeners: vscode.Disposable[];
  #placeTimer: NodeJS.Timeout | undefined;
  #driftTimer: NodeJS.Timeout | undefined;

  constructor(update: (change: EditorChange) => void, timings: UpdateTimings = UPDATE_TIMINGS) {
    this.#update = update;
    this.#timings = timings;
    const { window, workspace, languages } = vscode;
    const isShown = (document: vscode.TextDocument): boolean => document === shownEditor()?.document;
    this.#listeners = [
      window.onDidChangeActiveTextEditor(() => this.changed('place')),
      window.tabGroups.onDidChangeTabs(() => this.changed('place')),
      window.tabGroups.onDidChangeTabGroups(() => this.changed('place')),
      window.onDidChangeTextEditorSelection((event) => {
        if (isShown(event.textEditor.document)) this.changed(changeOf(event));
      }),
      window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        if (isShown(textEditor.document)) this.changed('drift');
      }),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (isShown(document)) this.changed('drift');
      }),
      workspace.onDidSaveTextDocument((document) => {
        if (isShown(document)) this.changed('drift');
      }),
      workspace.onDidChangeWorkspaceFolders(() => this.changed('place')),
      languages.onDidChangeDiagnostics(({ uris }) => {
        const shown = shownEditor()?.document.uri.toString();
        if (uris.some((uri) => uri.toString() === shown)) this.changed('place');
      }),
    ];
  }

  changed(change: EditorChange): void {
    const { placeMs, driftMs } = this.#timings;
    if (change === 'place') {
      clearTimeout(this.#placeTimer);
      this.#placeTimer = setTimeout(() => this.#settled('place'), placeMs);
    } else {
      this.#driftTimer ??= setTimeout(() => this.#settled('drift'), driftMs);
    }
  }

  /** All that has changed is told otherwise. */
  forget(): void {
    clearTimeout(this.#placeTimer);
    clearTimeout(this.#driftTimer);
    this.#placeTimer = undefined;
    this.#driftTimer = undefined;
  }

  dispose(): void {
    this.forget();
    for (const listener of this.#listeners) listener.dispose();
  }

  #settled(change: EditorChange): void {
    // The larger update tells the smaller one, too; after the smaller one the larger is still due.
    if (change === 'place') this.forget();
    this.#driftTimer = undefined;
    this.#update(change);
  }
}

function changeOf({ selections, kind }: vscode.TextEditorSelectionChangeEvent): EditorChange {
  const { Mouse, Command } = vscode.TextEditorSelectionChangeKind;
  return kind === Mouse || kind === Command || selections.some(({ isEmpty }) => !isEmpty) ? 'place' : 'drift';
}
