import * as vscode from 'vscode';
import type { OpenIn } from '../settings/schema.ts';

/** VS Code's integrated browser, where it has one; internal to VS Code, so it may be absent. */
const INTEGRATED_BROWSER = 'workbench.action.browser.open';

/**
 * Opens the page in the person's browser. `integrated` opens it inside VS Code where that is possible; it hears and plays,
 * but cannot share a screen.
 *
 * @returns whether it was opened, as far as VS Code knows
 */
export async function openPage(address: vscode.Uri, openIn: OpenIn): Promise<boolean> {
  if (openIn === 'integrated' && (await vscode.commands.getCommands(true)).includes(INTEGRATED_BROWSER)) {
    // A command opens what it is given; unlike openExternal it resolves nothing for a remote window.
    const external = await vscode.env.asExternalUri(address);
    await vscode.commands.executeCommand(INTEGRATED_BROWSER, external.toString(true));
    return true;
  }
  return vscode.env.openExternal(address);
}
