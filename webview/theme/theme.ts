import type { PanelThemeMessage, ThemeKind, ThemeMessage } from '../../src/protocol/messages.ts';

import type { Channel } from '../channel/channel.ts';

/** What the host takes (`src/protocol/from-surface.ts`); VS Code's own theme has about 800 variables of some ten characters. */
const VARIABLE_NAME = /^--vscode-[\w-]{1,100}$/;
const MAX_VARIABLES = 1_500;
const MAX_VALUE_LENGTH = 299;

/** Tells the host how VS Code looks in the panel's document, at first and whenever that changes. */
export class PanelTheme {
  readonly #channel: Channel;
  readonly #observer = new MutationObserver(() => this.#tell());
  #told = '';

  constructor(channel: Channel) {
    this.#channel = channel;
    this.#observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
    this.#observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-kind'] });
    this.#tell();
  }

  dispose(): void {
    this.#observer.disconnect();
  }

  #tell(): void {
    const message = readTheme();
    const text = JSON.stringify(message);
    if (text === this.#told) return;
    this.#told = text;
    this.#channel.post(message);
  }
}

/** VS Code sets its variables on the root element itself; a computed style would not list them. */
function readTheme(): PanelThemeMessage {
  const { style } = document.documentElement;
  const variables = [...style]
    .filter((name) => VARIABLE_NAME.test(name))
    .map((name) => [name, style.getPropertyValue(name).trim()] as const)
    .filter(([, value]) => value !== '' && value.length <= MAX_VALUE_LENGTH)
    .slice(0, MAX_VARIABLES);
  return { type: 'panelTheme', kind: readThemeKind(document.body), variables: Object.fromEntries(variables) };
}

const PREFIX = '--vscode-';

/**
 * Makes the page look like VS Code. It uses the object model, because the content security policy forbids styles written as
 * text.
 */
export function wearTheme({ kind, variables }: ThemeMessage): void {
  const { style } = document.documentElement;
  for (const name of [...style]) if (name.startsWith(PREFIX) && !(name in variables)) style.removeProperty(name);
  for (const [name, value] of Object.entries(variables)) {
    if (name.startsWith(PREFIX)) style.setProperty(name, value);
  }
  // The browser itself draws scroll bars and the lists of the device pickers.
  style.colorScheme = kind === 'light' || kind === 'high-contrast-light' ? 'light' : 'dark';
  // The class comes last: the toolkit reads the variables again when it changes.
  markThemeKind(document.body, kind);
}

/**
 * VS Code marks the body of its webviews with these. High contrast on light also carries the class of high contrast, for older
 * style sheets.
 */
const CLASSES: Readonly<Record<ThemeKind, readonly string[]>> = {
  dark: ['vscode-dark'],
  light: ['vscode-light'],
  'high-contrast': ['vscode-high-contrast'],
  'high-contrast-light': ['vscode-high-contrast-light', 'vscode-high-contrast'],
};
const ALL_CLASSES = Object.values(CLASSES).flat();

function readThemeKind(body: HTMLElement): ThemeKind {
  const { classList } = body;
  if (classList.contains('vscode-high-contrast-light')) return 'high-contrast-light';
  if (classList.contains('vscode-high-contrast')) return 'high-contrast';
  return classList.contains('vscode-light') ? 'light' : 'dark';
}

function markThemeKind(body: HTMLElement, kind: ThemeKind): void {
  body.classList.remove(...ALL_CLASSES.filter((name) => !CLASSES[kind].includes(name)));
  body.classList.add(...CLASSES[kind]);
  body.dataset['vscodeThemeKind'] = `vscode-${kind}`;
}
