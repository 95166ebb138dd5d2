import * as vscode from 'vscode';
import type { SharesView } from '../protocol/picture.ts';
import type { SessionView } from '../protocol/session-view.ts';
import { menuItems } from './menu-items.ts';

/** The quick menu behind the status bar item. */
export async function showMenu(session: SessionView, shares: SharesView): Promise<void> {
  const picked = await vscode.window.showQuickPick(menuItems(session, shares), {
    title: 'Talkthrough',
    placeHolder: session.problems[0]?.sentence ?? 'What would you like to do?',
  });
  if (picked !== undefined) await vscode.commands.executeCommand(picked.command);
}
