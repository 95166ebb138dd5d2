import { t } from './l10n.ts';

/** Why something cannot be asked about, as a sentence for the person. */
export interface NoSubject {
  readonly sentence: string;
}

/** Why nothing of a document, or of a selection, is given to the model. */
export type AskFailure =
  | { readonly code: 'no-editor' | 'no-code-selected' | 'no-output-selected' | 'no-file' | 'no-problem' }
  | { readonly code: 'outside-workspace' | 'excluded' | 'private-target'; readonly path: string }
  | { readonly code: 'folder' | 'binary'; readonly name: string }
  | { readonly code: 'too-large'; readonly name: string; readonly sizeBytes: number };

type OfCode<C extends AskFailure['code']> = AskFailure & { readonly code: C };

export const ASK_PROBLEMS: { readonly [C in AskFailure['code']]: (failure: OfCode<C>) => string } = {
  'no-editor': () => t('Select the code you want to ask about in an editor first.'),
  'no-code-selected': () => t('Select the code you want to ask about first.'),
  'no-output-selected': () => t('Select the output you want to ask about in the terminal first.'),
  'no-file': () => t('Open the file you want to talk about first.'),
  'no-problem': () => t('There are no problems in the active editor.'),
  'outside-workspace': ({ path }) =>
    t('“{path}” is not in the open workspace, so nothing of it is given to Gemini.', { path }),
  excluded: ({ path }) =>
    t('“{path}” is excluded by the setting talkthrough.privacy.exclude, so nothing of it is given to Gemini.', {
      path,
    }),
  'private-target': ({ path }) =>
    t('“{path}” links to a private file or out of the workspace, so nothing of it is given to Gemini.', { path }),
  folder: ({ name }) => t('“{name}” is a folder. Choose a file to talk about.', { name }),
  binary: ({ name }) => t('“{name}” cannot be read as text. To show a picture, use “Show in Talkthrough”.', { name }),
  'too-large': ({ name, sizeBytes }) =>
    t('“{name}” is too large to talk about ({size} MB).', { name, size: Math.round(sizeBytes / 1e6) }),
};

/** Says why something cannot be asked about. */
export function noSubject<C extends AskFailure['code']>(failure: OfCode<C>): NoSubject {
  return { sentence: ASK_PROBLEMS[failure.code](failure) };
}
