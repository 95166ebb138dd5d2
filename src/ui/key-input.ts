import * as vscode from 'vscode';
import { checkApiKey } from '../live/connection/key-check.ts';
import { sessionProblem } from '../problems/session-problems.ts';

const KEY_PAGE = vscode.Uri.parse('https://aistudio.google.com/apikey');

const GET_KEY: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('link-external'),
  tooltip: 'Get a key at Google AI Studio',
};

/**
 * Asks for a Gemini API key in a hidden input and has the service check it. The input stays open, and says why, until a key
 * is accepted; what it resolves to is an accepted key, or nothing when the person gave up.
 */
export function askForKey(baseUrl: string): Promise<string | undefined> {
  const input = vscode.window.createInputBox();
  input.title = 'Gemini API Key';
  const recipient = URL.canParse(baseUrl) ? new URL(baseUrl).host : 'Google';
  input.prompt = `Paste your Gemini API key. It is kept in VS Code’s secret storage and sent to ${recipient} only.`;
  input.placeholder = 'Gemini API key';
  input.password = true;
  input.ignoreFocusOut = true;
  input.buttons = [GET_KEY];
  const abort = new AbortController();

  return new Promise((resolve) => {
    const check = async (key: string): Promise<void> => {
      if (key === '') {
        input.validationMessage = 'Paste a key first.';
        return;
      }
      input.busy = true;
      input.enabled = false;
      const answer = await checkApiKey(key, baseUrl, abort.signal);
      if (!answer.ok && answer.aborted) return;
      input.busy = false;
      input.enabled = true;
      if (answer.ok) {
        resolve(key);
        input.hide();
        return;
      }
      input.validationMessage = sessionProblem(answer.failure).sentence;
    };
    input.onDidAccept(() => void check(input.value.trim()));
    input.onDidChangeValue(() => (input.validationMessage = undefined));
    input.onDidTriggerButton(() => void vscode.env.openExternal(KEY_PAGE));
    input.onDidHide(() => {
      abort.abort();
      input.dispose();
      resolve(undefined);
    });
    input.show();
  });
}
