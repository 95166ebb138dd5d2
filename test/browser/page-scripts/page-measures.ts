/** What a screen reader would call the element that has the focus; a custom element speaks for the one inside it. */
export function focusedName(): string {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return '';
  return (focused.ariaLabel ?? focused.textContent).trim();
}

/** A computed style of the first element found, or of the one that has the focus when the selector is `:focus`. */
export function style(selector: string, property: string): string {
  const found = document.querySelector(selector);
  const element = selector === ':focus' ? (found?.shadowRoot?.activeElement ?? found) : found;
  if (element === null) throw new Error(`There is no ${selector}`);
  return getComputedStyle(element).getPropertyValue(property);
}

/** Elements, not counting those only meant for screen readers, that reach beyond the left or right edge of the page. */
export function overflowing(): readonly string[] {
  return [...document.querySelectorAll('#talkthrough *')]
    .filter((element) => element.closest('.visually-hidden') === null)
    .filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && (left < -0.5 || right > innerWidth + 0.5);
    })
    .map((element) => `${element.localName}.${element.className}`);
}

/** Whether the conversation is scrolled to its end and that end says `text`. */
export function isAtEnd(text: string): boolean {
  const log = conversationLog();
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight <= 1;
  return atEnd && [...log.querySelectorAll('article')].at(-1)?.textContent.includes(text) === true;
}

/** The topmost entry in sight and where it stands. */
export function topEntry(): string {
  const log = conversationLog();
  const { top } = log.getBoundingClientRect();
  const entry = [...log.querySelectorAll('article')].find((each) => each.getBoundingClientRect().bottom > top);
  if (entry === undefined) throw new Error('No entry is in sight');
  return `${entry.textContent} at ${Math.round(entry.getBoundingClientRect().top)}`;
}

function conversationLog(): Element {
  const log = document.querySelector('[role=log]');
  if (log === null) throw new Error('There is no conversation');
  return log;
}

/** WCAG contrast ratio, 1 to 21, of the text of the first element found against the side bar. */
export function contrast(selector: string): number {
  const element = document.querySelector(selector);
  if (element === null) throw new Error(`There is no ${selector}`);
  const ground = getComputedStyle(document.documentElement).getPropertyValue('--vscode-sideBar-background');
  const [text, behind] = [luminance(ground, getComputedStyle(element).color), luminance(ground)];
  return (Math.max(text, behind) + 0.05) / (Math.min(text, behind) + 0.05);
}

/** Relative luminance (WCAG 2.2) of colours painted one over the other. */
function luminance(...colours: readonly string[]): number {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (context === null) throw new Error('This browser cannot paint');
  for (const colour of colours) {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
  }
  const [red, green, blue] = [...context.getImageData(0, 0, 1, 1).data].map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}
