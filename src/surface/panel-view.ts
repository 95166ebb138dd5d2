import * as vscode from 'vscode';
import type { SurfaceHub } from './hub.ts';

/** A view that is opened for the first time joins within a second. */
const JOINS_WITHIN_MS = 5_000;

/** Makes the view visible where no surface is. */
export async function revealView(hub: Pick<SurfaceHub, 'visible'>): Promise<void> {
  if (!hub.visible) await vscode.commands.executeCommand('talkthrough.conversation.focus');
}

/** Opens the view where none has joined. Resolves when it has, or will not. */
export async function openView(hub: SurfaceHub): Promise<void> {
  if (hub.abilitiesOf('panel') !== undefined) return;
  const joined = untilPanelJoins(hub);
  await vscode.commands.executeCommand('talkthrough.conversation.focus');
  await joined;
}

/** Resolves when the view has joined, or is not going to. */
export function untilPanelJoins(hub: Pick<SurfaceHub, 'onDidJoin'>): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      listener.dispose();
      resolve();
    };
    const timer = setTimeout(done, JOINS_WITHIN_MS);
    const listener = hub.onDidJoin(({ kind }) => {
      if (kind === 'panel') done();
    });
  });
}
