import type { ThemeMessage } from '../../src/protocol/messages.ts';
import { markThemeKind } from './theme-kind.ts';

const PREFIX = '--vscode-';

/**
 * Dresses the page as VS Code is dressed. Through the object model, which the content security policy leaves alone: it
 * forbids styles written as text.
 */
export function wearTheme({ kind, variables }: ThemeMessage): void {
  const { style } = document.documentElement;
  for (const name of [...style]) if (name.startsWith(PREFIX) && !(name in variables)) style.removeProperty(name);
  for (const [name, value] of Object.entries(variables)) {
    if (name.startsWith(PREFIX)) style.setProperty(name, value);
  }
  // What is drawn by the browser itself: scroll bars, the lists of the device pickers.
  style.colorScheme = kind === 'light' || kind === 'high-contrast-light' ? 'light' : 'dark';
  // Last: the toolkit reads the variables again when the class changes.
  markThemeKind(document.body, kind);
}
