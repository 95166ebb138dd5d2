import * as vscode from 'vscode';
import type { SurfaceHub } from '../surface/hub.ts';

/** A view that is opened for the first time joins within a second. */
const JOINS_WITHIN_MS = 5_000;

/** Opens the view where none has joined. Resolves when it has, or will not. */
export async function openView(hub: SurfaceHub): Promise<void> {
  if (hub.abilitiesOf('panel') !== undefined) return;
  const joined = new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      listener.dispose();
      resolve();
    };
    const timer = setTimeout(done, JOINS_WITHIN_MS);
    const listener = hub.onDidJoin((surface) => {
      if (surface.kind === 'panel') done();
    });
  });
  await vscode.commands.executeCommand('talkthrough.conversation.focus');
  await joined;
}
