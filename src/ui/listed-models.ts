import type { Service } from '../live/settings.ts';

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
export function listedModels(service: Service): readonly ListedModel[] {
  return MODELS.filter(({ services }) => services.includes(service));
}
