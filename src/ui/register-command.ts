import * as vscode from 'vscode';

/** What the names of commands begin with; tests register theirs under another prefix beside the extension's own. */
export const COMMAND_PREFIX = 'talkthrough';

/** Offers a command by its name without prefix. What menus hand over is looked at by the command. */
export function registerCommand(prefix: string, name: string, run: (...args: unknown[]) => unknown): vscode.Disposable {
  return vscode.commands.registerCommand(`${prefix}.${name}`, run);
}
