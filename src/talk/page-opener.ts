import * as vscode from 'vscode';
import type { SettingsSource } from '../settings/current-settings.ts';

/** VS Code's integrated browser, where it has one; internal to VS Code, so it may be absent. */
const INTEGRATED_BROWSER = 'workbench.action.browser.open';

/**
 * Opens the page in the person's browser. The setting `integrated` opens it inside VS Code where that is possible; it hears
 * and plays, but cannot share a screen.
 */
export class PageOpener {
  readonly #settings: SettingsSource;

  constructor(settings: SettingsSource) {
    this.#settings = settings;
  }

  /** @returns whether it was opened, as far as VS Code knows */
  async open(address: vscode.Uri): Promise<boolean> {
    const { openPageIn } = this.#settings.current;
    if (openPageIn === 'integrated' && (await vscode.commands.getCommands(true)).includes(INTEGRATED_BROWSER)) {
      // A command opens what it is given; unlike openExternal it resolves nothing for a remote window.
      const external = await vscode.env.asExternalUri(address);
      await vscode.commands.executeCommand(INTEGRATED_BROWSER, external.toString(true));
      return true;
    }
    return vscode.env.openExternal(address);
  }
}
