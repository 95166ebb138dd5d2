import type { Locator, Page } from 'playwright-core';

/** A message VS Code shows: a toast at the corner, or a modal dialog. */
export interface Notification {
  readonly text: string;
  readonly buttons: readonly string[];
  /** Presses the button with this label. */
  press(label: string): Promise<void>;
  /** Makes it go away without an answer. */
  dismiss(): Promise<void>;
}

/** Waits for a notification whose text matches. */
export async function notification(page: Page, about: RegExp): Promise<Notification> {
  const toast = page.locator('.notifications-toasts .notification-list-item').filter({ hasText: about }).first();
  await toast.waitFor();
  const buttons = toast.locator('.notification-list-item-buttons-container .monaco-button');
  return {
    text: (await toast.locator('.notification-list-item-message').innerText()).trim(),
    buttons: await labels(buttons),
    press: (label) => buttons.filter({ hasText: label }).first().click(),
    async dismiss() {
      await toast.hover();
      await toast.locator('.codicon-notifications-clear').first().click();
      await toast.waitFor({ state: 'hidden' });
    },
  };
}

/** The texts of the notifications shown now, newest first. */
export async function shownNotifications(page: Page): Promise<string[]> {
  return labels(page.locator('.notifications-toasts .notification-list-item-message'));
}

/** Waits for a modal dialog whose text matches. */
export async function dialog(page: Page, about: RegExp): Promise<Notification> {
  const box = page.locator('.monaco-dialog-box').filter({ hasText: about }).first();
  await box.waitFor();
  const buttons = box.locator('.dialog-buttons .monaco-button');
  return {
    text: (await box.locator('.dialog-message-container').innerText()).trim(),
    buttons: await labels(buttons),
    press: (label) => buttons.filter({ hasText: label }).first().click(),
    async dismiss() {
      await page.keyboard.press('Escape');
      await box.waitFor({ state: 'hidden' });
    },
  };
}

async function labels(locator: Locator): Promise<string[]> {
  return (await locator.allInnerTexts()).map((text) => text.trim());
}
