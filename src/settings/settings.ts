import * as vscode from 'vscode';
import { excludePatterns, settingsFrom, type SettingName, type Settings } from './schema.ts';

const SECTION = 'talkthrough';

/** Reads the settings anew each time: they are small, and never out of date this way. */
export function readSettings(): Settings {
  const at = vscode.workspace.getConfiguration(SECTION);
  return settingsFrom((name) => at.get(name));
}

/** Writes a setting for the person, in all workspaces. */
export async function writeSetting(name: SettingName, value: string): Promise<void> {
  await vscode.workspace.getConfiguration(SECTION).update(name, value, vscode.ConfigurationTarget.Global);
}

/** @param name absent: any of them */
export function affectsSettings(event: vscode.ConfigurationChangeEvent, name?: SettingName): boolean {
  return event.affectsConfiguration(name === undefined ? SECTION : `${SECTION}.${name}`);
}

/**
 * Patterns of the files that are never read. The person's own setting decides; a workspace may only add to it, because its
 * settings come with whatever was cloned.
 */
export function readExcludePatterns(): readonly string[] {
  const scopes = [undefined, ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri)];
  const [window, ...folders] = scopes.map((scope) =>
    vscode.workspace.getConfiguration(SECTION, scope).inspect<unknown>('privacy.exclude' satisfies SettingName),
  );
  const own = excludePatterns.parse(window?.globalValue ?? window?.defaultValue);
  const added = [window?.workspaceValue, ...folders.map((folder) => folder?.workspaceFolderValue)]
    .flatMap((value) => excludePatterns.parse(value))
    .filter((pattern) => !pattern.startsWith('!'));
  return [...own, ...added];
}
