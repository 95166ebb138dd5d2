import * as vscode from 'vscode';
import { readSettings, SECTION } from '../settings/settings.ts';
import type { Service } from '../live/settings.ts';

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
            /^[\w./@:-]{1,200}$/.test(value.trim()) ? undefined : 'A model name has no spaces.',
        })
      : picked?.label;
  if (name === undefined) return false;
  await vscode.workspace.getConfiguration(SECTION).update('model', name.trim(), vscode.ConfigurationTarget.Global);
  return true;
}

interface ListedModel {
  readonly name: string;
  readonly about: string;
}

/** Live models one can talk with, as of November 2026; the first is the default. */
const MODELS: readonly (ListedModel & { readonly services: readonly Service[] })[] = [
  { name: 'gemini-3.8-live', about: 'The newest. Answers fastest.', services: ['gemini', 'vertex'] },
  {
    name: 'gemini-3.8-live-extended-thinking',
    about: 'Thinks in the background while it talks.',
    services: ['gemini'],
  },
  { name: 'gemini-3.1-flash-live-preview', about: 'The generation before, a preview.', services: ['gemini'] },
  {
    name: 'gemini-2.5-flash-native-audio-preview-12-2025',
    about: 'Older; shorter answers, other prices.',
    services: ['gemini'],
  },
  { name: 'gemini-live-2.5-flash-native-audio', about: 'Older; on Vertex AI.', services: ['vertex'] },
];

/** The models the service offers for talking, the default first. */
function listedModels(service: Service): readonly ListedModel[] {
  return MODELS.filter(({ services }) => services.includes(service));
}
