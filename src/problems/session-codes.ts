/** Stable names of everything that can end a session or keep one from starting. */
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

/** A failure as the session reports it. Every text in it has been redacted. */
export interface FailureFacts {
  readonly code: FailureCode;
  /** The service's or the system's own words, for the log and for sentences that quote them. */
  readonly detail: string;
  readonly model?: string;
  /** Who was asked: `Google`, or the gateway's host. */
  readonly host?: string;
  readonly service?: 'gemini' | 'vertex';
}

/** Stable names of what a person is told once while the session goes on. */
export type NoticeCode =
  | 'voice-unknown'
  | 'search-unsupported'
  | 'thinking-unsupported'
  | 'thinking-level-unsupported'
  | 'context-retold'
  | 'question-blocked'
  | 'answer-blocked'
  | 'answer-failed';

/** A notice as the session reports it, with what its sentence names. */
export interface SessionNotice {
  readonly code: NoticeCode;
  readonly about: NoticeFacts;
}

/** `asked` and `used`: the thinking setting that was asked for, and the one used instead. */
export type NoticeFacts = Readonly<Partial<Record<'model' | 'voice' | 'asked' | 'used', string>>>;
