import type { ProblemAction, ProblemButton } from '../protocol/session-view.ts';
import type { Service } from './settings.ts';

/** Stable names of all that can go wrong with a session. */
export type FailureCode =
  | 'key-refused'
  | 'key-forbidden'
  | 'token-refused'
  | 'credentials'
  | 'location-refused'
  | 'region-refused'
  | 'model-unknown'
  | 'setup-refused'
  | 'media-refused'
  | 'operation-refused'
  | 'not-served'
  | 'address-refused'
  | 'stale-handle'
  | 'session-expired'
  | 'quota'
  | 'no-network'
  | 'certificate'
  | 'no-answer'
  | 'connection-lost'
  | 'connection-lifetime'
  | 'service-unavailable'
  | 'garbage'
  | 'refused'
  | 'internal';

/**
 * What to do about it: `once`: try again a single time; `atOnce`: without a pause first, then with growing ones;
 * `backoff`: with growing pauses; `quota`: after a long pause.
 */
export type Retry = 'never' | 'once' | 'atOnce' | 'backoff' | 'quota';

export interface Failure {
  readonly code: FailureCode;
  /** One plain sentence for the person. */
  readonly sentence: string;
  readonly buttons: readonly ProblemButton[];
  readonly retry: Retry;
  /** The resumption handle is part of the trouble: go on without it. */
  readonly dropHandle: boolean;
  /** The service's or the system's own words, redacted, for the log. */
  readonly detail: string;
}

interface Rule {
  readonly sentence: string | ((about: FailureAbout) => string);
  readonly buttons: readonly ProblemAction[];
  readonly retry: Retry;
  readonly dropHandle?: true;
}

/** What a sentence may name. All of it redacted. */
export interface FailureAbout {
  readonly detail: string;
  readonly model?: string;
  /** Who was spoken to: `Google` or the gateway's host. */
  readonly host?: string;
  readonly service?: Service;
}

const LABELS: Record<ProblemAction, string> = {
  start: 'Try Again',
  enterKey: 'Enter Another Key',
  setUp: 'Set Up…',
  chooseModel: 'Choose Model…',
  openSettings: 'Open Settings',
  retryMicrophone: 'Try Microphone Again',
  openPage: 'Open Page',
  typeOnly: 'Type Only',
  openQuota: 'Open Quota Page',
  shareScreen: 'Share Screen…',
  shareCamera: 'Share Camera…',
  showLog: 'Show Log',
};

/** @param google how Google is called here, where no gateway stands before it */
const host = (about: FailureAbout, google = 'Google') =>
  about.host === undefined || about.host === 'Google' ? google : about.host;

/** A service's own words as the end of a sentence of ours. */
const words = (about: FailureAbout) => (about.detail === '' ? 'no reason given' : about.detail.replace(/[.\s]+$/, ''));

const RULES: Record<FailureCode, Rule> = {
  'key-refused': {
    // Behind a gateway, too: the key is Google's, and so are the words that refused it.
    sentence: 'Google does not accept this API key.',
    buttons: ['enterKey'],
    retry: 'never',
  },
  'key-forbidden': {
    sentence: 'This API key may not use the Gemini API: it is restricted, or the API is switched off in its project.',
    buttons: ['enterKey', 'showLog'],
    retry: 'never',
  },
  'token-refused': {
    sentence: (about) => `${host(about)} does not accept this access token.`,
    buttons: ['enterKey'],
    retry: 'never',
  },
  credentials: {
    sentence: (about) =>
      `${host(about, 'Google Cloud')} does not accept the credentials on this machine for Vertex AI, or there are none.`,
    buttons: ['setUp', 'showLog'],
    retry: 'never',
  },
  'location-refused': {
    sentence: "Live sessions need a Google Cloud region such as us-central1; 'global' does not serve them.",
    buttons: ['setUp'],
    retry: 'never',
  },
  'region-refused': {
    sentence: (about) => `${host(about)} does not offer the Gemini API where you are.`,
    buttons: ['setUp'],
    retry: 'never',
  },
  'model-unknown': {
    sentence: (about) => `${host(about)} offers no live session with the model "${about.model ?? ''}".`,
    buttons: ['chooseModel'],
    retry: 'never',
  },
  'setup-refused': {
    sentence: (about) => `${host(about)} refuses the session's settings: ${words(about)}.`,
    buttons: ['openSettings', 'chooseModel', 'showLog'],
    retry: 'never',
  },
  'media-refused': {
    sentence: 'The model stopped taking audio in this session.',
    buttons: ['start', 'chooseModel'],
    retry: 'once',
  },
  'operation-refused': {
    sentence: 'The model cannot do what was asked of it in this session.',
    buttons: ['start', 'chooseModel'],
    retry: 'backoff',
  },
  'not-served': {
    sentence: (about) => `${host(about)} does not serve live sessions at this address.`,
    buttons: ['openSettings', 'showLog'],
    retry: 'never',
  },
  'address-refused': {
    sentence: (about) =>
      `${host(about)} is not on this machine, and over http everyone on the way can read your credentials: use an https address.`,
    buttons: ['openSettings'],
    retry: 'never',
  },
  'stale-handle': {
    sentence: 'The earlier session can no longer be resumed.',
    buttons: ['start'],
    retry: 'atOnce',
    dropHandle: true,
  },
  'session-expired': {
    sentence: 'The session has expired.',
    buttons: ['start'],
    retry: 'atOnce',
    dropHandle: true,
  },
  quota: {
    sentence: "This account's quota for the model is used up for now.",
    buttons: ['openQuota', 'start'],
    retry: 'quota',
  },
  'no-network': {
    sentence: (about) => `${host(about)} cannot be reached. Check the network connection.`,
    buttons: ['start', 'showLog'],
    retry: 'backoff',
  },
  certificate: {
    sentence: (about) => `The network shows a certificate for ${host(about)} that this machine does not trust.`,
    buttons: ['start', 'showLog'],
    retry: 'never',
  },
  'no-answer': {
    sentence: (about) => `${host(about)} does not answer.`,
    buttons: ['start', 'showLog'],
    retry: 'backoff',
  },
  'connection-lost': {
    sentence: (about) => `The connection to ${host(about)} was lost.`,
    buttons: ['start', 'showLog'],
    retry: 'atOnce',
  },
  'connection-lifetime': {
    sentence: (about) => `${host(about)} ended the connection after its longest time.`,
    buttons: ['start'],
    retry: 'atOnce',
  },
  'service-unavailable': {
    sentence: (about) => `The live service of ${host(about)} is unavailable at the moment.`,
    buttons: ['start', 'showLog'],
    retry: 'backoff',
  },
  garbage: {
    sentence: (about) => `${host(about)} sent something unreadable.`,
    buttons: ['start', 'openSettings', 'showLog'],
    retry: 'backoff',
  },
  refused: {
    sentence: (about) => `${host(about)} refuses the session: ${words(about)}.`,
    buttons: ['start', 'showLog'],
    retry: 'never',
  },
  internal: {
    sentence: 'Talkthrough could not begin the session because of a fault of its own.',
    buttons: ['showLog', 'start'],
    retry: 'never',
  },
};

/** The quota page is that of the Gemini API; Vertex AI has its own in every project. */
const isOfUse = (action: ProblemAction, { service }: FailureAbout) => action !== 'openQuota' || service !== 'vertex';

/** Makes a failure: the one place where its sentence, buttons and reaction come from. `about` must be redacted. */
export function failure(
  code: FailureCode,
  about: FailureAbout,
  changes: { retry?: Retry; dropHandle?: boolean } = {},
): Failure {
  const rule = RULES[code];
  return {
    code,
    sentence: typeof rule.sentence === 'string' ? rule.sentence : rule.sentence(about),
    buttons: rule.buttons
      .filter((action) => isOfUse(action, about))
      .map((action) => ({ action, label: LABELS[action] })),
    retry: changes.retry ?? rule.retry,
    dropHandle: changes.dropHandle ?? rule.dropHandle ?? false,
    detail: about.detail,
  };
}
