import { t } from './l10n.ts';
import { withFullStop } from './problem.ts';

/** Why a command did nothing, or what was typed is not accepted. */
export const COMMAND_PROBLEMS = {
  'no-reply': () => t('There is no spoken reply to save yet.'),
  'reply-not-saved': ({ reason }: { readonly reason: string }) =>
    t('The reply could not be saved: {reason}', { reason: withFullStop(reason) }),
  'key-empty': () => t('Paste a key first.'),
  'project-malformed': () => t('A project ID has 6 to 30 lower-case letters, digits and hyphens.'),
  'model-malformed': () => t('A model name has no spaces.'),
  'file-missing': ({ path }: { readonly path: string }) => t('There is no “{path}” here.', { path }),
  'file-withheld': ({ path }: { readonly path: string }) =>
    t('“{path}” cannot be opened from here: it is private, ignored by git, or outside the workspace.', { path }),
} as const;
