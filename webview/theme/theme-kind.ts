import type { ThemeKind } from '../../src/protocol/messages.ts';

/**
 * How VS Code marks the body of its webviews. High contrast on light carries the class of high contrast beside its own, for
 * the sake of style sheets that are older than it.
 */
const CLASSES: Readonly<Record<ThemeKind, readonly string[]>> = {
  dark: ['vscode-dark'],
  light: ['vscode-light'],
  'high-contrast': ['vscode-high-contrast'],
  'high-contrast-light': ['vscode-high-contrast-light', 'vscode-high-contrast'],
};
const ALL_CLASSES = Object.values(CLASSES).flat();

export function readThemeKind(body: HTMLElement): ThemeKind {
  const { classList } = body;
  if (classList.contains('vscode-high-contrast-light')) return 'high-contrast-light';
  if (classList.contains('vscode-high-contrast')) return 'high-contrast';
  return classList.contains('vscode-light') ? 'light' : 'dark';
}

export function markThemeKind(body: HTMLElement, kind: ThemeKind): void {
  body.classList.remove(...ALL_CLASSES.filter((name) => !CLASSES[kind].includes(name)));
  body.classList.add(...CLASSES[kind]);
  body.dataset['vscodeThemeKind'] = `vscode-${kind}`;
}
