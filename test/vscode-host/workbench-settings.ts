import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** VS Code's user settings, as they stand in settings.json. */
export type Settings = Readonly<Record<string, unknown>>;

/** A workbench that shows nothing by itself and asks nobody anything: what is on screen is what was asked for. */
const QUIET: Settings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.enableExperiments': false,
  'workbench.commandPalette.experimental.suggestCommands': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.enabled': false,
};

/**
 * Writes user settings below `userDataFolder`. VS Code watches these files: a running workbench follows.
 * They are written twice, because in a window with a server VS Code takes settings of scope `machine` (such as
 * `talkthrough.baseUrl`) from the server's machine settings and ignores them in the user's.
 */
export async function writeSettings(userDataFolder: string, settings: Settings): Promise<void> {
  const text = JSON.stringify({ ...QUIET, ...settings }, undefined, 2);
  for (const place of ['User', 'Machine']) {
    await mkdir(join(userDataFolder, place), { recursive: true });
    await writeFile(join(userDataFolder, place, 'settings.json'), text);
  }
}
