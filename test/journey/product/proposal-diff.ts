import { notification } from '../harness/notifications.ts';
import type { Talkthrough } from './talkthrough.ts';

/**
 * Decides about the proposed change in front, and waits until its tab is gone. Where Talkthrough says that the press came before
 * the change could be read, it is pressed again, as a person would; a press that does nothing and says nothing is a fault.
 */
async function decide(talk: Talkthrough, press: () => Promise<void>): Promise<void> {
  const { page } = talk.window;
  const tab = page.locator('.tab', { hasText: 'Proposed: ' });
  await press();
  const decided = tab.waitFor({ state: 'detached' }).then(() => undefined);
  const tooEarly = notification(page, /only just appeared/);
  // Whichever does not come runs into its time-out later, and means nothing then.
  tooEarly.catch(() => undefined);
  decided.catch(() => undefined);
  const told = await Promise.race([decided, tooEarly]);
  if (told === undefined) return;
  await told.dismiss();
  await press();
  await decided;
}

/** Presses the button above the diff. */
export function decideByButton(talk: Talkthrough, label: 'Accept' | 'Discard'): Promise<void> {
  const button = talk.window.page.getByRole('button', { name: `${label} Proposed Change` }).first();
  return decide(talk, () => button.click());
}

/** Ctrl+Alt+Enter. */
export function acceptByKey(talk: Talkthrough): Promise<void> {
  return decide(talk, () => talk.window.page.keyboard.press('Control+Alt+Enter'));
}
