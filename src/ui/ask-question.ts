import * as vscode from 'vscode';

/** Asks what the person wants to know. Nothing when they would rather say it. */
export async function askQuestion(name: string): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title: `Ask about ${name}`,
    placeHolder: 'What does this do?',
    prompt: 'Type your question and press Enter, or press Escape and say it.',
  });
}
