/** `performance`, or `Date` for Unix time. Tests bring their own. */
export interface Clock {
  now(): number;
}

/**
 * Milliseconds. Nobody waits without a bound. Tests shorten them. What the service was seen to do stands in
 * docs/live-api.md, "How a reply arrives" and "How long a session and a connection last".
 */
export interface LiveTimings {
  /** Until setupComplete. Google accepts in under 2 s; this leaves room for a slow proxy. */
  readonly connectMs: number;
  /** Off Google Cloud the metadata look-up alone may take several seconds. */
  readonly credentialsMs: number;
  /** For the closing handshake: half of the second a resume may cost. */
  readonly closeMs: number;
  /** After so long a connection was good, and the count of attempts starts again. */
  readonly stableMs: number;
  /**
   * Between pings, and how long nothing at all may come. Gemini's pongs were seen to take 8 to 30 s, and clients that
   * gave up after 20 s killed good sessions.
   */
  readonly pingMs: number;
  readonly silentMs: number;
  /**
   * The network took nothing for so long. Good ones were seen to stall for several seconds; a microphone fills the
   * buffers of a dead one within a few.
   */
  readonly stuckMs: number;
  readonly backoffFirstMs: number;
  readonly backoffLongestMs: number;
  /** Spend limits are counted over minutes, so a shorter pause only burns more. */
  readonly quotaFirstMs: number;
  readonly quotaLongestMs: number;
  /** A resumed session that hears and does not answer for so long has a poisoned handle. */
  readonly poisonedMs: number;
  /** No frame at all for so long, while an answer is due. */
  readonly frozenMs: number;
  /** The same while the service says that it is at work. */
  readonly frozenWorkingMs: number;
  /** The service wants to be told of a pause after a second (`audioStreamEnd`). */
  readonly microphonePauseMs: number;
  /** So long before the announced end a reply in progress is given up. */
  readonly goAwayReserveMs: number;
  /**
   * How long a change waits for a sign that speech was understood. Answers begin within 0.6 to 1.6 s; an interruption
   * was seen to be noticed after 3.
   */
  readonly spokenWordsMs: number;
  /**
   * Audio that comes later after `interrupted` belongs to the next turn. None was seen to come later, and no answer
   * begins sooner.
   */
  readonly deadTurnMs: number;
  /** The same after a cut of our own: the slowest way there and back. */
  readonly cutTurnMs: number;
  /** Gathers notes: what changes often is told once. */
  readonly noteDelayMs: number;
  /**
   * The person spoke in a turn that a note left open: it is ended when no answer begins for so long. Answers begin
   * within 0.6 to 1.6 s.
   */
  readonly openTurnMs: number;
  /** The same once this was needed: the service's own detector may be a little later. */
  readonly openTurnMarginMs: number;
  /** After a question or a tool's answer the model may begin to speak within this long. */
  readonly answerWaitMs: number;
}

export const DEFAULT_TIMINGS: LiveTimings = {
  connectMs: 20_000,
  credentialsMs: 8_000,
  closeMs: 500,
  stableMs: 30_000,
  pingMs: 15_000,
  silentMs: 45_000,
  stuckMs: 10_000,
  backoffFirstMs: 1_000,
  backoffLongestMs: 30_000,
  quotaFirstMs: 65_000,
  quotaLongestMs: 300_000,
  poisonedMs: 8_000,
  frozenMs: 15_000,
  frozenWorkingMs: 60_000,
  microphonePauseMs: 1_000,
  goAwayReserveMs: 3_000,
  spokenWordsMs: 4_000,
  deadTurnMs: 300,
  cutTurnMs: 1_500,
  noteDelayMs: 300,
  openTurnMs: 2_500,
  openTurnMarginMs: 300,
  answerWaitMs: 15_000,
};
