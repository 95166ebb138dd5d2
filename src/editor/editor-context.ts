import type * as vscode from 'vscode';

/** Tells a session what the person has open, selected and broken, as it changes. */
export class EditorContext implements vscode.Disposable {
  /** A session begins: it is told how things stand, and what changes from then on. */
  begins(): void {
    // Comes with the tools that read the workspace.
  }

  /** The person begins to ask: what is not told yet is told now. */
  tell(): void {
    // As above.
  }

  ends(): void {
    // As above.
  }

  dispose(): void {
    this.ends();
  }
}
