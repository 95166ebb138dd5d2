import { quickInput } from '../harness/quick-input.ts';
import type { Talkthrough } from './talkthrough.ts';

/** Opens a file by a part of its name, as with Ctrl+P. */
export async function openFile(talk: Talkthrough, name: string): Promise<void> {
  const { page } = talk.window;
  await page.keyboard.press('Control+P');
  await (await quickInput(page, /Search files|go to/i)).type(name);
  await page.locator('.quick-input-list .monaco-list-row.focused').filter({ hasText: name }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.tab.active').filter({ hasText: name }).waitFor();
}
