// The small extension that the harness is tried with: it asks for a microphone and says what it heard.
import { join } from 'node:path';
import { projectRoot } from '../../vscode-host/project-root.ts';
import { runCommand } from './command-palette.ts';
import type { VsCodeWindow, WindowPlan } from './vscode-window.ts';
import { webview } from './webview.ts';

export const EXTENSION = 'talkthrough-tests.sound-check';

export const PLAN: WindowPlan = {
  journey: 'harness',
  folder: join(projectRoot, 'test', 'sample-workspace'),
  extensions: [join(projectRoot, 'test', 'vscode-host', 'fixtures', 'sound-check')],
  settings: { 'soundCheck.address': 'http://127.0.0.1:1' },
  env: { SOUND_CHECK_WORD: 'testing-one-two' },
};

/** Has the extension listen; resolves with what it says first that matches. */
export async function listen(window: VsCodeWindow, until = /heard|Error/): Promise<string> {
  await runCommand(window.page, 'Sound Check: Open');
  const view = webview(window.page, EXTENSION);
  await view.locator('#listen').click();
  const result = view.locator('#result').filter({ hasText: until });
  await result.waitFor();
  return result.innerText();
}
