import type { Problem } from '../protocol/session-view.ts';
import { t } from './l10n.ts';
import { buttons, problem, type Words } from './problem.ts';
import type { FailureCode, FailureFacts } from './session-codes.ts';

/** @param google how Google is called here when no gateway stands in front of it */
const host = ({ host: name }: FailureFacts, google = 'Google') =>
  name === undefined || name === 'Google' ? google : name;

/** The service's own words as the end of one of our sentences. */
const reason = ({ detail }: FailureFacts) => (detail === '' ? t('no reason given') : detail.replace(/[.\s]+$/, ''));

export const SESSION_PROBLEMS: Readonly<Record<FailureCode, (failure: FailureFacts) => Words>> = {
  // A gateway passes Google's answer on: the key is Google's in any case.
  'key-refused': () => ({
    sentence: t('Google does not accept this API key.'),
    buttons: buttons('enterKey'),
  }),
  'key-forbidden': () => ({
    sentence: t('This API key cannot use the Gemini API: it is restricted, or the API is turned off in its project.'),
    buttons: buttons('enterKey', 'showLog'),
  }),
  'token-refused': (failure) => ({
    sentence: t('{host} does not accept this access token.', { host: host(failure) }),
    buttons: buttons('enterKey'),
  }),
  credentials: (failure) => ({
    sentence: t('{host} does not accept the Vertex AI credentials on this machine, or none were found.', {
      host: host(failure, 'Google Cloud'),
    }),
    buttons: buttons('setUp', 'showLog'),
  }),
  'location-refused': () => ({
    sentence: t("Live sessions need a Google Cloud region such as us-central1. They are not available in 'global'."),
    buttons: buttons('setUp'),
  }),
  'region-refused': (failure) => ({
    sentence: t('{host} does not offer the Gemini API in your region.', { host: host(failure) }),
    buttons: buttons('setUp'),
  }),
  'model-unknown': (failure) => ({
    sentence: t('{host} does not offer live sessions with the model "{model}".', {
      host: host(failure),
      model: failure.model ?? '',
    }),
    buttons: buttons('chooseModel'),
  }),
  'setup-refused': (failure) => ({
    sentence: t('{host} rejected the session settings: {reason}.', { host: host(failure), reason: reason(failure) }),
    buttons: buttons('openSettings', 'chooseModel', 'showLog'),
  }),
  'media-refused': () => ({
    sentence: t('The model stopped accepting audio in this session.'),
    buttons: buttons('start', 'chooseModel'),
  }),
  'operation-refused': () => ({
    sentence: t('The model does not support something that was asked of it in this session.'),
    buttons: buttons('start', 'chooseModel'),
  }),
  'not-served': (failure) => ({
    sentence: t('{host} does not offer live sessions at this address.', { host: host(failure) }),
    buttons: buttons('openSettings', 'showLog'),
  }),
  'address-refused': (failure) => ({
    sentence: t(
      '{host} is not on this machine, and over http your credentials can be read on the way. Use an https address.',
      { host: host(failure) },
    ),
    buttons: buttons('openSettings'),
  }),
  'stale-handle': () => ({
    sentence: t('The previous session can no longer be resumed.'),
    buttons: buttons('start'),
  }),
  'session-expired': () => ({
    sentence: t('The session has expired.'),
    buttons: buttons('start'),
  }),
  quota: ({ service }) => ({
    sentence: t('This account has used up its quota for the model for now.'),
    // The page is the Gemini API's; on Vertex AI every project has its own.
    buttons: service === 'vertex' ? buttons('start') : buttons('openQuota', 'start'),
  }),
  'no-network': (failure) => ({
    sentence: t('{host} cannot be reached. Check your network connection.', { host: host(failure) }),
    buttons: buttons('start', 'showLog'),
  }),
  certificate: (failure) => ({
    sentence: t('This machine does not trust the certificate that was presented for {host}.', { host: host(failure) }),
    buttons: buttons('start', 'showLog'),
  }),
  'no-answer': (failure) => ({
    sentence: t('{host} is not responding.', { host: host(failure) }),
    buttons: buttons('start', 'showLog'),
  }),
  'connection-lost': (failure) => ({
    sentence: t('The connection to {host} was lost.', { host: host(failure) }),
    buttons: buttons('start', 'showLog'),
  }),
  'connection-lifetime': (failure) => ({
    sentence: t('{host} closed the connection because it reached its time limit.', { host: host(failure) }),
    buttons: buttons('start'),
  }),
  'service-unavailable': (failure) => ({
    sentence: t('Live sessions from {host} are currently unavailable.', { host: host(failure) }),
    buttons: buttons('start', 'showLog'),
  }),
  garbage: (failure) => ({
    sentence: t('{host} sent a response that could not be read.', { host: host(failure) }),
    buttons: buttons('start', 'openSettings', 'showLog'),
  }),
  refused: (failure) => ({
    sentence: t('{host} refused the session: {reason}.', { host: host(failure), reason: reason(failure) }),
    buttons: buttons('start', 'showLog'),
  }),
  internal: () => ({
    sentence: t('Talkthrough could not start the session because of an internal error.'),
    buttons: buttons('showLog', 'start'),
  }),
};

/** What to show for a session that failed. */
export function sessionProblem(failure: FailureFacts): Problem {
  return problem(failure.code, SESSION_PROBLEMS[failure.code](failure));
}

/** What to show while a session that lost its connection is being resumed. */
export function reconnectingProblem(failure: FailureFacts): Problem {
  const { code, sentence } = sessionProblem(failure);
  return { code, sentence: t('{problem} Talkthrough keeps trying.', { problem: sentence }), buttons: [] };
}

/** What the status bar says while it is resumed, where that is not shown as a problem yet. */
export function resumingSentence(): string {
  return t('The connection was lost. Talkthrough is resuming the session.');
}

/** What to show when the person did not set up any credentials. */
export function noCredentialsProblem(): Problem {
  return problem('key-missing', {
    sentence: t('No session was started because neither a Gemini API key nor a Vertex AI project is set up.'),
    buttons: buttons('setUp'),
  });
}
