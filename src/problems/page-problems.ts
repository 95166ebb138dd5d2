import type { Problem } from '../protocol/session-view.ts';
import { t } from './l10n.ts';
import { button, buttons, problem, type Words } from './problem.ts';

/** Stages of the page in the browser at which the person has to do something. */
export type PageProblem = 'page-needed' | 'page-opening' | 'page-silent' | 'page-closed';

export const PAGE_PROBLEMS: Readonly<Record<PageProblem, () => Words>> = {
  'page-needed': () => ({
    sentence: t(
      'VS Code does not let extensions use the microphone, so Talkthrough listens in a page in your browser. Sound stays on this computer until it is sent to Google.',
    ),
    buttons: buttons('openPage', 'typeOnly'),
  }),
  'page-opening': () => ({
    sentence: t('Waiting for the Talkthrough page in your browser.'),
    buttons: [button('openPage', t('Open Again')), button('typeOnly')],
  }),
  'page-silent': () => ({
    sentence: t('The Talkthrough page in your browser is not responding, so Talkthrough cannot hear you.'),
    buttons: [button('openPage', t('Reopen Page')), button('typeOnly')],
  }),
  'page-closed': () => ({
    sentence: t('The Talkthrough page was closed, so Talkthrough cannot hear you.'),
    buttons: [button('openPage', t('Reopen Page')), button('typeOnly')],
  }),
};

/** What to show about the page in the browser. */
export function pageProblem(code: PageProblem): Problem {
  const isQuestion = code === 'page-needed' || code === 'page-opening';
  return problem(code, PAGE_PROBLEMS[code](), isQuestion ? 'question' : undefined);
}
