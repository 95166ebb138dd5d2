// What a person sees and does in VS Code's editors.
import type { Locator } from 'playwright-core';
import type { Talkthrough } from './talkthrough.ts';

/** A place of code in the active editor, by a part of its line. */
export function codeLine(talk: Talkthrough, text: RegExp): Locator {
  return talk.window.page
    .locator('.editor-group-container.active .editor-instance .view-line', { hasText: text })
    .first();
}

/** Puts the cursor into a name of the active editor. */
export async function clickOn(talk: Talkthrough, name: string): Promise<void> {
  await word(talk, name).click();
}

/** Selects a name of the active editor. */
export async function select(talk: Talkthrough, name: string): Promise<void> {
  await word(talk, name).dblclick();
}

function word(talk: Talkthrough, name: string): Locator {
  // The innermost element of the editor with that text: names of functions are coloured, so they stand alone.
  return talk.window.page
    .locator('.editor-group-container.active .editor-instance .view-line span span', {
      hasText: new RegExp(`^\\s*${name}\\s*$`),
    })
    .first();
}

/** Numbers of the lines of the active editor that are highlighted softly over their whole width, in order. */
const HIGHLIGHTED_LINES = `(() => {
  const editor = document.querySelector('.editor-group-container.active .monaco-editor');
  if (editor === null) return [];
  const numbers = new Map(
    [...editor.querySelectorAll('.margin-view-overlays > div')].map((line) => [
      line.style.top, Number(line.querySelector('.line-numbers')?.textContent),
    ]),
  );
  const isHighlight = (mark) => {
    const style = getComputedStyle(mark);
    return style.borderLeftStyle === 'solid' && style.borderLeftWidth === '2px' && !/rgba\\(0, 0, 0, 0\\)|\\/ 0\\)/.test(style.backgroundColor);
  };
  const marked = [...editor.querySelectorAll('.view-overlays > div')].filter((line) => [...line.querySelectorAll('.cdr')].some(isHighlight));
  return marked.map((line) => numbers.get(line.style.top)).sort((a, b) => a - b);
})()`;

/** Waits until exactly these lines are highlighted; none: until it has faded. */
export async function highlighted(talk: Talkthrough, lines: readonly number[]): Promise<void> {
  await talk.window.page.waitForFunction(
    `JSON.stringify(${HIGHLIGHTED_LINES}) === ${JSON.stringify(JSON.stringify(lines))}`,
  );
}

/** Waits for the tab in front; by a part of its title. */
export async function tabInFront(talk: Talkthrough, title: string): Promise<void> {
  await talk.window.page.locator('.editor-group-container.active .tab.active', { hasText: title }).waitFor();
}

/** A diff editor in front that shows this text on its right. */
export async function diffInFront(talk: Talkthrough, added: RegExp): Promise<void> {
  const right = talk.window.page.locator(
    '.editor-group-container.active .monaco-diff-editor .editor.modified .view-line',
  );
  await right.filter({ hasText: added }).first().waitFor();
}
