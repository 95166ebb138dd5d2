import * as vscode from 'vscode';
import { listedModels } from './listed-models.ts';
import { COMMAND_PROBLEMS } from '../problems/command-problems.ts';
import { readSettings, writeSetting } from '../settings/settings.ts';

/** Lets the person pick a Live model or type the name of another. False when they gave up. */
export async function chooseModel(): Promise<boolean> {
  const { live, service } = readSettings();
  const OTHER = '$(edit) Another model…';
  const listed = listedModels(service === 'Vertex AI' ? 'vertex' : 'gemini');
  const picked = await vscode.window.showQuickPick(
    [
      ...listed.map(({ name, about }) => ({
        label: name,
        detail: about,
        ...(name === live.model && { description: 'current' }),
      })),
      { label: OTHER, detail: 'Type any name the service knows.' },
    ],
    { title: 'Live Model', placeHolder: live.model },
  );
  const name =
    picked?.label === OTHER
      ? await vscode.window.showInputBox({
          title: 'Live Model',
          value: live.model,
          validateInput: (value) =>
            /^[\w./@:-]{1,200}$/.test(value.trim()) ? undefined : COMMAND_PROBLEMS['model-malformed'](),
        })
      : picked?.label;
  if (name === undefined) return false;
  await writeSetting('model', name.trim());
  return true;
}
