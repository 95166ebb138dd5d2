import type { Page } from 'playwright-core';
import type { Talkthrough } from './talkthrough.ts';

/** Presses the button that opens the page, and waits for the page. */
export async function openPage(talk: Talkthrough, button: string | RegExp): Promise<Page> {
  const opened = talk.window.browser.context.waitForEvent('page');
  await talk.press(button);
  return opened;
}
