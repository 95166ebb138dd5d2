import * as vscode from 'vscode';
import type { Settings } from './schema.ts';
import { affectsSettings, readSettings } from './settings.ts';

/** The person's settings as they are at each moment, and when they change. */
export class CurrentSettings implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #listener = vscode.workspace.onDidChangeConfiguration((event) => {
    if (affectsSettings(event)) this.#changed.fire();
  });

  get current(): Settings {
    return readSettings();
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }
}

/** What a part needs of the settings; a test gives others. */
export type SettingsSource = Pick<CurrentSettings, 'current' | 'onDidChange'>;
