import { t } from './l10n.ts';
import type { FailureFacts, NoticeCode, NoticeFacts, SessionNotice } from './session-codes.ts';
import { sessionProblem } from './session-problems.ts';

export const SESSION_NOTICES: Readonly<Record<NoticeCode, (about: NoticeFacts) => string>> = {
  'voice-unknown': ({ voice = '' }) => t('There is no voice "{voice}". The model uses its own voice.', { voice }),
  'search-unsupported': ({ model = '' }) =>
    t('{model} does not support Google Search, so it is off in this session.', { model }),
  'thinking-unsupported': ({ model = '', asked = '' }) =>
    t('{model} does not support the thinking setting, so "{asked}" is ignored.', { model, asked }),
  'thinking-level-unsupported': ({ model = '', asked = '', used = '' }) =>
    t('{model} does not support "{asked}" thinking, so "{used}" is used.', { model, asked, used }),
  'context-retold': () =>
    t('The connection was lost and could not be resumed, so the model was given the conversation again.'),
  'question-blocked': () => t("The service's rules blocked your question. Try asking in different words."),
  'answer-blocked': () => t("The service's rules blocked the answer. Try asking in different words."),
  'answer-failed': () => t('The answer failed. Please ask again.'),
};

/** What the conversation says about something that happened in the session. */
export function sessionNotice({ code, about }: SessionNotice): string {
  return SESSION_NOTICES[code](about);
}

export function settingsChangedNotice(): string {
  return t('Changed settings take effect in the next session.');
}

/**
 * What the conversation says when a session is over.
 *
 * @param duration as people say it
 * @param failure why it ended, unless the person ended it
 */
export function sessionEndedNotice(duration: string, failure?: FailureFacts): string {
  if (failure === undefined) return t('Session ended after {duration}.', { duration });
  return t('Session ended after {duration}. {problem}', { duration, problem: sessionProblem(failure).sentence });
}

/** What the conversation says when it is shown again after VS Code had gone in the middle of a session. */
export function sessionCutOffNotice(): string {
  return t('VS Code was closed or restarted, which ended the session.');
}
