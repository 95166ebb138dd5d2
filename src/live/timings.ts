/** What a part reads the time from: `performance`, or `Date` for Unix time. Tests bring their own. */
export interface Clock {
  now(): number;
}

/** Every duration a session waits for, in milliseconds, so that nobody waits without a bound. Tests shorten them. */
export interface LiveTimings {
  /** From the first step to setupComplete. Google's servers accept in under 2 s; 20 s leaves room for a slow proxy. */
  readonly connectMs: number;
  /** For application default credentials: off Google Cloud the metadata look-up alone may take several seconds. */
  readonly credentialsMs: number;
  /** For the closing handshake; after it the socket is terminated. Half of the second a resume may cost. */
  readonly closeMs: number;
  /** A connection that lasted this long was good: the count of attempts starts again. */
  readonly stableMs: number;
  /**
   * Between WebSocket pings, and how long nothing at all may come, not even their answers, before the line counts as dead.
   * Gemini's answers have been seen to take 8 to 30 s, and clients that gave up after 20 s killed good sessions: so half as
   * long again as the slowest.
   */
  readonly pingMs: number;
  readonly silentMs: number;
  /**
   * The network took nothing of what it was handed for this long: the line is dead. Good lines have been seen to stall for
   * several seconds; a microphone fills the buffers of a dead one within a few.
   */
  readonly stuckMs: number;
  /** First and longest pause between attempts. */
  readonly backoffFirstMs: number;
  readonly backoffLongestMs: number;
  /** After a quota refusal: spend limits are counted over minutes, so a shorter pause only burns more of it. */
  readonly quotaFirstMs: number;
  readonly quotaLongestMs: number;
  /** A resumed session that hears but does not answer for this long, nor says that it is at work, holds a poisoned handle. */
  readonly poisonedMs: number;
  /** No frame at all while an answer is due: the connection is dead although nobody closed it. */
  readonly frozenMs: number;
  /** The same while the service says that it is at work (extended thinking). */
  readonly frozenWorkingMs: number;
  /** The microphone paused: the service wants to be told after a second (`audioStreamEnd`). */
  readonly microphonePauseMs: number;
  /** How long before the announced end of a connection a reply in progress is given up for the change. */
  readonly goAwayReserveMs: number;
  /**
   * How long the change waits for a sign that what was just spoken was understood. Answers begin within 0.6 to 1.6 s of it,
   * and an interruption has been seen to be noticed after 3.
   */
  readonly spokenWordsMs: number;
  /**
   * Audio that comes later than this after `interrupted` belongs to the next turn, even when no `turnComplete` came. None
   * has been seen to come later at all; this covers frames that were on their way, and no answer begins sooner.
   */
  readonly deadTurnMs: number;
  /**
   * The same after a cut of our own (typed text), of which the service has still to hear: the slowest way there and back,
   * for when it says neither `interrupted` nor `turnComplete`.
   */
  readonly cutTurnMs: number;
  /** Notes to the model are gathered for this long: what changes often is told once. */
  readonly noteDelayMs: number;
  /**
   * A turn that a note left open, and the person spoke: if no answer has begun this long after the end of speech, it is
   * ended for the model. Answers begin within 0.6 to 1.6 s.
   */
  readonly openTurnMs: number;
  /** The same once this has been needed: the service's own detector may be a little later than ours. */
  readonly openTurnMarginMs: number;
  /** After the person asked something, or a tool's answer, the model may begin to speak within this long. */
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
