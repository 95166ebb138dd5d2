import type { Page } from 'playwright-core';

/** An item of the status bar. */
export interface StatusBarItem {
  /** Its text, without icons. */
  text(): Promise<string>;
  /** What a screen reader says of it. */
  label(): Promise<string>;
  click(): Promise<void>;
}

/** Waits for a status bar item whose text or spoken label matches. */
export async function statusBarItem(page: Page, about: RegExp): Promise<StatusBarItem> {
  const items = page.locator('.statusbar .statusbar-item');
  const item = items
    .filter({ hasText: about })
    .or(items.filter({ has: page.getByRole('button', { name: about }) }))
    .first();
  await item.waitFor();
  const label = item.locator('.statusbar-item-label');
  return {
    text: async () => (await label.innerText()).trim(),
    label: async () => (await label.getAttribute('aria-label')) ?? '',
    click: () => label.click(),
  };
}
