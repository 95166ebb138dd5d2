import * as vscode from 'vscode';
import type { SessionView } from '../protocol/session-view.ts';
import type { Talk } from '../talk/talk.ts';

/** Keeps the context keys that menus and key bindings depend on. */
export function keepContextKeys(talk: Talk): vscode.Disposable {
  const known = new Map<string, boolean>();
  const set = (key: string, value: boolean) => {
    if (known.get(key) === value) return;
    known.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  };
  const keep = ({ phase, canSaveReply }: SessionView) => {
    set('talkthrough.sessionOpen', phase !== 'idle');
    set('talkthrough.hasReply', canSaveReply);
  };
  keep(talk.view);
  return talk.onDidChange(keep);
}
