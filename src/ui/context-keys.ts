import * as vscode from 'vscode';
import { sharedSources, type SharesView } from '../protocol/picture.ts';
import type { SessionView } from '../protocol/session-view.ts';
import type { SessionController } from '../talk/session-controller.ts';
import { wantedSources } from './sight-words.ts';

/** What menus and key bindings depend on, by the names that package.json uses. */
export function contextKeys(session: SessionView, shares: SharesView): Readonly<Record<string, string | boolean>> {
  const shared = sharedSources(shares);
  return {
    'talkthrough.sessionOpen': session.phase !== 'idle',
    'talkthrough.hasReply': session.canSaveReply,
    // Seen at this moment.
    'talkthrough.sharing': shared.length > 0,
    'talkthrough.sharingScreen': shared.includes('screen'),
    'talkthrough.sharingCamera': shared.includes('camera'),
    // Also while the browser's picker is open, or waits for a click.
    'talkthrough.shareAsked': wantedSources(shares).length > 0,
    // Which share a change of focus could go to.
    'talkthrough.otherShare': shared.length > 1 ? (shares.focus === 'screen' ? 'camera' : 'screen') : '',
  };
}

/** Keeps the context keys that menus and key bindings depend on. */
export function keepContextKeys(controller: SessionController): vscode.Disposable {
  const { shares } = controller.parts;
  const known = new Map<string, string | boolean>();
  const keep = (): void => {
    for (const [key, value] of Object.entries(contextKeys(controller.view, shares.view))) {
      if (known.get(key) === value) continue;
      known.set(key, value);
      void vscode.commands.executeCommand('setContext', key, value);
    }
  };
  keep();
  return vscode.Disposable.from(controller.onDidChange(keep), shares.onDidChange(keep));
}
