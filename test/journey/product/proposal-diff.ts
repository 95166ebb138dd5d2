import type { Talkthrough } from './talkthrough.ts';

/** How long a decision may take to be carried out before a person would try again. */
const DECIDED_TIMEOUT_MS = 4_000;
const TRIES = 6;

/**
 * Decides about the proposed change in front, and waits until its tab is gone. VS Code learns a moment after a tab was opened
 * which buttons and keys hold in it, and makes its buttons anew then: a click or a key in that moment goes nowhere.
 */
async function decide(talk: Talkthrough, press: () => Promise<void>): Promise<void> {
  const tab = talk.window.page.locator('.tab', { hasText: 'Proposed: ' });
  for (let tried = 1; ; tried += 1) {
    await press();
    try {
      await tab.waitFor({ state: 'detached', timeout: DECIDED_TIMEOUT_MS });
      return;
    } catch (error) {
      if (tried === TRIES) throw error;
    }
  }
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
