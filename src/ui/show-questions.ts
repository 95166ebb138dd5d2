import * as vscode from 'vscode';
import type { PictureAction } from '../documents/picture-failure.ts';

const LABELS: Readonly<Record<PictureAction, string>> = {
  chooseImage: 'Choose Another Image…',
  shareScreen: 'Share Screen…',
};

/** Says why something was not shown. Resolves with what the person does instead, once they have decided. */
export async function askAction(
  sentence: string,
  actions: readonly PictureAction[],
): Promise<PictureAction | undefined> {
  const label = await vscode.window.showErrorMessage(sentence, ...actions.map((action) => LABELS[action]));
  return actions.find((action) => LABELS[action] === label);
}

/** Asks what to do with changes that only their editor knows. True when the file can be shown as it is now on disk. */
export async function askToSave(name: string, uri: vscode.Uri): Promise<boolean> {
  const SAVE = 'Save and Show';
  const AS_SAVED = 'Show as Last Saved';
  const sentence = `“${name}” has changes that are not saved yet, and can only be shown as it is saved.`;
  const picked = await vscode.window.showInformationMessage(sentence, SAVE, AS_SAVED);
  if (picked === SAVE) return (await vscode.workspace.save(uri)) !== undefined;
  return picked === AS_SAVED;
}
