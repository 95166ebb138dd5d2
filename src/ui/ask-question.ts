import * as vscode from 'vscode';
import type { Asked } from '../talk/session-controller.ts';

/** Asks what the person wants to know. Nothing when they would rather say it. */
export async function askQuestion(
  name: string,
  { needsTyping }: Pick<Asked, 'needsTyping'>,
): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title: `Ask about ${name}`,
    placeHolder: 'What does this do?',
    prompt: needsTyping
      ? 'Type your question and press Enter: to this model it has to be typed while a session runs.'
      : 'Type your question and press Enter, or press Escape and say it.',
  });
}
