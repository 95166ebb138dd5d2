import type { ProblemAction, ProblemButton, Problem } from '../protocol/session-view.ts';
import { t } from './l10n.ts';

/** What a person reads when something went wrong, and the buttons that put it right. */
export interface Words {
  readonly sentence: string;
  readonly buttons: readonly ProblemButton[];
  /** The same in two to five words, for a place without room for a sentence. */
  readonly brief?: string;
}

const LABELS: Record<ProblemAction, () => string> = {
  start: () => t('Try Again'),
  enterKey: () => t('Enter Another Key'),
  setUp: () => t('Set Up…'),
  chooseModel: () => t('Choose Model…'),
  openSettings: () => t('Open Settings'),
  retryMicrophone: () => t('Try Again'),
  openPage: () => t('Open Page'),
  typeOnly: () => t('Type Only'),
  openQuota: () => t('Open Quota Page'),
  shareScreen: () => t('Share Screen…'),
  shareCamera: () => t('Share Camera…'),
  showLog: () => t('Show Log'),
};

/** @param label where the usual one would not fit the sentence */
export function button(action: ProblemAction, label = LABELS[action]()): ProblemButton {
  return { action, label };
}

export function buttons(...actions: readonly ProblemAction[]): readonly ProblemButton[] {
  return actions.map((action) => button(action));
}

/** @param kind `question` where nothing is wrong, but the person has to do something */
export function problem(code: string, { sentence, buttons }: Words, kind?: 'question'): Problem {
  return { code, ...(kind !== undefined && { kind }), sentence, buttons };
}

/** What a system says about itself may or may not end like a sentence. */
export function withFullStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
