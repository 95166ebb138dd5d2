import * as vscode from 'vscode';
import { ExcludedNames } from './excluded-names.ts';

const SETTING = 'talkthrough.privacy.exclude';

/**
 * What `talkthrough.privacy.exclude` names. The person's own setting decides; a workspace may only add to it, because its
 * settings come with whatever was cloned.
 */
export class ExcludeSetting implements vscode.Disposable {
  readonly #listener: vscode.Disposable;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #names = readNames();

  constructor() {
    this.#listener = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration(SETTING)) return;
      this.#names = readNames();
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

function readNames(): ExcludedNames {
  const settings = vscode.workspace.getConfiguration();
  const { globalValue, defaultValue, workspaceValue } = settings.inspect<unknown>(SETTING) ?? {};
  const ofFolders = (vscode.workspace.workspaceFolders ?? []).map(
    ({ uri }) => vscode.workspace.getConfiguration(undefined, uri).inspect<unknown>(SETTING)?.workspaceFolderValue,
  );
  const added = [workspaceValue, ...ofFolders].flatMap(patternsOf).filter((pattern) => !pattern.startsWith('!'));
  return new ExcludedNames([...patternsOf(globalValue ?? defaultValue), ...added]);
}

/** Settings are typed by hand: what is no pattern is passed over. */
function patternsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((pattern) => typeof pattern === 'string') : [];
}
