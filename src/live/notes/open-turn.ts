import type { LiveTimings } from '../timings.ts';

export interface OpenTurnOptions {
  readonly timings: Pick<LiveTimings, 'openTurnMs' | 'openTurnMarginMs'>;
  /** For so long no answer is due: the service says that it is at work on one. 0 when it does not. */
  readonly atWorkMs: () => number;
  /** Ends the turn for the model, which then answers what was said. */
  readonly end: () => void;
}

/** One slow answer is no habit: it would be interrupted from then on. */
const WAITS_AFTER = 2;

/**
 * A note leaves the person's turn open (`turnComplete: false`). Services differ in what speech does to it: some answer it all
 * the same, some wait for the end of the turn for ever. So if nothing begins to answer what was said, the turn is ended for
 * the model; and how this service behaves is learnt from that, for the rest of the session. Ending a turn that is not
 * open is an error, and ending one that is being answered interrupts the answer: neither is done.
 */
export class OpenTurn {
  readonly #options: OpenTurnOptions;
  #isOpen = false;
  #habit: 'unknown' | 'answers' | 'waits' = 'unknown';
  /** How often nothing was answered until the turn was ended. */
  #endings = 0;
  #speaking = false;
  /** The person spoke since the turn was opened. */
  #spoken = false;
  /** What a reply may be about besides what the person said: the answer of a tool, sent since the turn was opened. */
  #answer: 'none' | 'sent' | 'spoken of' | 'done with' = 'none';
  #timer: NodeJS.Timeout | undefined;

  constructor(options: OpenTurnOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** A note was sent. */
  opened(): void {
    this.#isOpen = true;
    this.#spoken = false;
    this.#answer = 'none';
  }

  /** Something else has ended it, or the connection is gone. */
  closed(): void {
    this.#isOpen = false;
    this.#stopTimer();
  }

  onSpeech(speaking: boolean): void {
    this.#speaking = speaking;
    if (!this.#isOpen) return;
    this.#spoken = true;
    this.#stopTimer();
    if (!speaking) this.#endUnlessAnswered();
  }

  /** A tool's answer was sent: the model may speak about it and leave the person's words for later. */
  callAnswered(): void {
    if (this.#isOpen) this.#answer = 'sent';
  }

  /** The service understood words, perhaps such as were too quiet for our own ear. */
  wordsUnderstood(): void {
    if (!this.#isOpen || this.#speaking) return;
    this.#spoken = true;
    if (this.#timer === undefined) this.#endAfter(this.#options.timings.openTurnMs);
  }

  /** The service says that it is at work, or not any more: the wait for an answer begins anew. */
  workChanges(): void {
    if (this.#timer === undefined) return;
    this.#stopTimer();
    this.#endUnlessAnswered();
  }

  replyBegins(): void {
    if (this.#isOpen && this.#habit !== 'answers' && (this.#answer === 'sent' || this.#answer === 'spoken of')) {
      this.#answer = 'spoken of';
      this.#stopTimer();
      return;
    }
    if (this.#isOpen && this.#spoken) this.#habit = 'answers';
    this.closed();
  }

  /** Its turn is complete, or was interrupted. */
  replyEnds(): void {
    if (!this.#isOpen || this.#answer !== 'spoken of') return;
    this.#answer = 'done with';
    if (this.#spoken && !this.#speaking) this.#endUnlessAnswered();
  }

  #endUnlessAnswered(): void {
    const { openTurnMs, openTurnMarginMs } = this.#options.timings;
    this.#endAfter(this.#habit === 'waits' ? openTurnMarginMs : openTurnMs);
  }

  #endAfter(ms: number): void {
    if (this.#habit === 'answers' || this.#answer === 'spoken of') return;
    const waitMs = Math.max(ms, this.#options.atWorkMs());
    this.#timer = setTimeout(() => {
      this.closed();
      // It may have been answered together with the tool's answer: nothing is learnt from that.
      if (this.#answer === 'done with') {
        this.#options.end();
        return;
      }
      this.#endings += 1;
      if (this.#endings >= WAITS_AFTER) this.#habit = 'waits';
      this.#options.end();
    }, waitMs);
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
