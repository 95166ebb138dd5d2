import type { PanelThemeMessage } from '../../src/protocol/messages.ts';
import { readThemeKind } from './theme-kind.ts';

/** What the host takes (`src/surface/validate.ts`); VS Code's own theme has about 800 variables of some ten characters. */
const VARIABLE_NAME = /^--vscode-[\w-]{1,100}$/;
const MAX_VARIABLES = 1_500;
const MAX_VALUE_LENGTH = 299;

/** Tells how VS Code looks, as it shows in the panel's own document: at first and whenever that changes. */
export class PanelTheme {
  readonly #post: (message: PanelThemeMessage) => void;
  readonly #observer = new MutationObserver(() => this.#tell());
  #told = '';

  constructor(post: (message: PanelThemeMessage) => void) {
    this.#post = post;
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
    this.#post(message);
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
