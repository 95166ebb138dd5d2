import * as vscode from 'vscode';

/** Offers a command by its name without prefix. What menus hand over is looked at by the command. */
export type RegisterCommand = (name: string, run: (...args: unknown[]) => unknown) => vscode.Disposable;

export const registerCommand: RegisterCommand = (name, run) =>
  vscode.commands.registerCommand(`talkthrough.${name}`, run);
