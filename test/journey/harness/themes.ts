import type { Settings } from '../../vscode-host/workbench-settings.ts';

export type Theme = 'dark' | 'light' | 'high contrast' | 'high contrast light';

const NAMES: Record<Theme, string> = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'high contrast': 'Default High Contrast',
  'high contrast light': 'Default High Contrast Light',
};

/** The user setting that gives VS Code this look. */
export function themeSettings(theme: Theme): Settings {
  return { 'workbench.colorTheme': NAMES[theme], 'window.autoDetectColorScheme': false };
}
