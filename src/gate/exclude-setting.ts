import * as vscode from 'vscode';
import { affectsSettings, readExcludePatterns } from '../settings/settings.ts';
import { ExcludedNames } from './excluded-names.ts';

/** What `talkthrough.privacy.exclude` names, as it is now. */
export class ExcludeSetting implements vscode.Disposable {
  readonly #listener: vscode.Disposable;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #names = new ExcludedNames(readExcludePatterns());

  constructor() {
    this.#listener = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!affectsSettings(event, 'privacy.exclude')) return;
      this.#names = new ExcludedNames(readExcludePatterns());
      this.#changed.fire();
    });
  }

  /** @param segments from the workspace folder down */
  excludes(segments: readonly string[]): boolean {
    return this.#names.match(segments);
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }
}
