import { t } from './l10n.ts';

/** Why a change is not written, or not yet, though the person accepted it. `paths`: its files, separated by commas. */
export const PROPOSAL_PROBLEMS = {
  'just-appeared': () =>
    t('Nothing was changed: the proposed change had only just appeared. Accept it again when you have read it.'),
  unfit: ({ paths }: { readonly paths: string }) =>
    t('The proposed change no longer fits, so nothing was changed ({paths}).', { paths }),
  changed: ({ paths }: { readonly paths: string }) =>
    t('{paths} changed after this was proposed. It still fits: read the change again, then accept it.', { paths }),
  untrusted: () => t('The proposed change was not written: this workspace is not trusted.'),
  'not-taken': () => t('The proposed change was not written. VS Code did not take the change. It still waits.'),
} as const;

/** What the person reads whose answer to a question of consent came too late. */
export const LATE_ANSWERS: Readonly<Record<'change' | 'run', () => string>> = {
  change: () => t('Nothing was changed: Gemini no longer waited for your answer.'),
  run: () => t('Nothing was run: Gemini no longer waited for your answer.'),
};
