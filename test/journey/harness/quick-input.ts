import type { Locator, Page } from 'playwright-core';

/** The text field of VS Code's quick input, whatever it is used for. */
export function quickInputBox(page: Page): Locator {
  return page.locator('.quick-input-widget:visible .quick-input-box input');
}

/** The list below that field. */
export function quickInputList(page: Page): Locator {
  return page.locator('.quick-input-widget:visible .quick-input-list');
}

/** What a person sees in an open quick input. */
export interface QuickInputContents {
  readonly title: string;
  /** The prompt, or what is wrong with the text typed. */
  readonly message: string;
  readonly placeholder: string;
  readonly value: string;
  /** Whether dots are shown instead of the text. */
  readonly hidden: boolean;
  /** Labels of the list; empty for an input box. */
  readonly items: readonly string[];
}

/** An open input box or pick. */
export interface QuickInput {
  read(): Promise<QuickInputContents>;
  /** Types `text` in place of what is there and presses Enter. */
  answer(text: string): Promise<void>;
  /** Types `text` in place of what is there. */
  type(text: string): Promise<void>;
  /** Chooses the item whose label contains `label`. */
  choose(label: string): Promise<void>;
  /** Waits until the message below the box matches, as after an answer that was refused. */
  message(pattern: RegExp): Promise<string>;
  /** Waits until the text in the box matches: VS Code fills some boxes a moment after it shows them. */
  value(pattern: RegExp): Promise<string>;
  /** Presses Escape. */
  cancel(): Promise<void>;
}

/**
 * Waits for a quick input whose title, prompt or placeholder matches.
 *
 * @param about so that an answer is never typed into the question before
 */
export async function quickInput(page: Page, about: RegExp): Promise<QuickInput> {
  const widget = page.locator('.quick-input-widget:visible').filter({ has: quickInputBoxAnywhere(page) });
  const named = widget.filter({ hasText: about });
  const box = quickInputBox(page);
  const boxByPlaceholder = widget.getByPlaceholder(about);
  await named.or(boxByPlaceholder).first().waitFor();

  const read = async (): Promise<QuickInputContents> => ({
    title: (await widget.locator('.quick-input-title').innerText()).trim(),
    message: (await widget.locator('.quick-input-message').innerText()).trim(),
    placeholder: (await box.getAttribute('placeholder')) ?? '',
    value: await box.inputValue(),
    hidden: (await box.getAttribute('type')) === 'password',
    items: (await quickInputList(page).locator('.monaco-list-row .label-name').allInnerTexts()).map((label) =>
      label.trim(),
    ),
  });
  return {
    read,
    async answer(text) {
      await box.fill(text);
      await box.press('Enter');
    },
    type: (text) => box.fill(text),
    choose: (label) => quickInputList(page).locator('.monaco-list-row').filter({ hasText: label }).first().click(),
    async message(pattern) {
      const message = widget.locator('.quick-input-message').filter({ hasText: pattern });
      await message.waitFor();
      return (await message.innerText()).trim();
    },
    async value(pattern) {
      const inPage = "document.querySelector('.quick-input-widget .quick-input-box input')?.value ?? ''";
      await page.waitForFunction(`new RegExp(${JSON.stringify(pattern.source)}).test(${inPage})`);
      return box.inputValue();
    },
    async cancel() {
      await box.press('Escape');
      await named.or(boxByPlaceholder).first().waitFor({ state: 'hidden' });
    },
  };
}

function quickInputBoxAnywhere(page: Page): Locator {
  return page.locator('.quick-input-box');
}
