import type { FailureCode, FailureFacts } from '../problems/session-codes.ts';

export type { FailureCode };

/**
 * What to do about it: `once`: try again a single time; `atOnce`: without a pause first, then with growing ones;
 * `backoff`: with growing pauses; `quota`: after a long pause.
 */
export type Retry = 'never' | 'once' | 'atOnce' | 'backoff' | 'quota';

/** What went wrong, for whoever words it, and how the session reacts. */
export interface Failure extends FailureFacts {
  readonly retry: Retry;
  /** The resumption handle is part of the trouble: go on without it. */
  readonly dropHandle: boolean;
}

/** All but the code; every text in it must be redacted. */
export type FailureAbout = Omit<FailureFacts, 'code'>;

interface Reaction {
  readonly retry: Retry;
  readonly dropHandle?: true;
}

const REACTIONS: Readonly<Record<FailureCode, Reaction>> = {
  'key-refused': { retry: 'never' },
  'key-forbidden': { retry: 'never' },
  'token-refused': { retry: 'never' },
  credentials: { retry: 'never' },
  'location-refused': { retry: 'never' },
  'region-refused': { retry: 'never' },
  'model-unknown': { retry: 'never' },
  'setup-refused': { retry: 'never' },
  'media-refused': { retry: 'once' },
  'operation-refused': { retry: 'backoff' },
  'not-served': { retry: 'never' },
  'address-refused': { retry: 'never' },
  'stale-handle': { retry: 'atOnce', dropHandle: true },
  'session-expired': { retry: 'atOnce', dropHandle: true },
  quota: { retry: 'quota' },
  'no-network': { retry: 'backoff' },
  certificate: { retry: 'never' },
  'no-answer': { retry: 'backoff' },
  'connection-lost': { retry: 'atOnce' },
  'connection-lifetime': { retry: 'atOnce' },
  'service-unavailable': { retry: 'backoff' },
  garbage: { retry: 'backoff' },
  refused: { retry: 'never' },
  internal: { retry: 'never' },
};

/** Makes a failure with the reaction that its code asks for, unless the case asks for another. */
export function failure(
  code: FailureCode,
  about: FailureAbout,
  changes: { retry?: Retry; dropHandle?: boolean } = {},
): Failure {
  const reaction = REACTIONS[code];
  return {
    ...about,
    code,
    retry: changes.retry ?? reaction.retry,
    dropHandle: changes.dropHandle ?? reaction.dropHandle ?? false,
  };
}
