import type { Disposable } from 'vscode';

/** Offers a command of Talkthrough, by its name without prefix. What menus hand over is looked at by the command. */
export type RegisterCommand = (name: string, run: (...args: unknown[]) => unknown) => Disposable;
