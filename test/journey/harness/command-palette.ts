import type { Page } from 'playwright-core';
import { quickInputBox, quickInputList } from './quick-input.ts';

/**
 * Runs a command as a person does: F1, its title, Enter.
 *
 * @param title as the palette shows it, for example `Talkthrough: Start Live Session`
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    await openPalette(page);
    const box = quickInputBox(page);
    await box.fill(`>${title}`);
    // The list is filtered a moment after typing; Enter takes whatever is in focus by then.
    const label = page.locator('.label-name').getByText(title, { exact: true });
    const chosen = quickInputList(page).locator('.monaco-list-row.focused').filter({ has: label });
    try {
      await chosen.waitFor({ timeout: SHOWN_TIMEOUT_MS });
    } catch (error) {
      if (tried === TRIES) throw error;
      // The palette lists what was there when it was opened; an extension may have come since.
      await closePalette(page);
      continue;
    }
    await box.press('Enter');
    await page.waitForFunction(PALETTE_IS_LEFT);
    return;
  }
}

/** True once the palette is gone or asks something else. */
const PALETTE_IS_LEFT = `(() => {
  const box = document.querySelector('.quick-input-widget .quick-input-box input');
  return box === null || box.offsetParent === null || !box.value.startsWith('>');
})()`;

/** The titles the palette offers for what is typed, best first. Closes the palette again. */
export async function findCommands(page: Page, typed: string): Promise<string[]> {
  await openPalette(page);
  await quickInputBox(page).fill(`>${typed}`);
  const rows = quickInputList(page).locator('.monaco-list-row');
  await rows.first().waitFor();
  const titles = await rows.locator('.label-name').allInnerTexts();
  await closePalette(page);
  return titles.map((title) => title.trim());
}

/** The longest the palette, or a command in it, may take to appear before it is opened anew. */
const SHOWN_TIMEOUT_MS = 4_000;
const TRIES = 8;

async function closePalette(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await quickInputBox(page).waitFor({ state: 'hidden' });
}

async function openPalette(page: Page): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    // A key pressed while the window still loads, or inside a webview that is just being replaced, goes nowhere.
    await page.keyboard.press('F1');
    try {
      await quickInputBox(page).waitFor({ timeout: SHOWN_TIMEOUT_MS });
      return;
    } catch (error) {
      if (tried === TRIES) throw error;
    }
  }
}
