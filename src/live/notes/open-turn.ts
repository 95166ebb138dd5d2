import { EventEmitter } from 'node:events';
import type { LiveTimings } from '../timings.ts';
import type { TurnTaking } from './turn-taking.ts';

interface OpenTurnEvents {
  /** The model has to be told, and then answers what was said. */
  end: [];
}

/** One slow answer is no habit. */
const WAITS_AFTER = 2;

/**
 * The person's turn that a note left open (`turnComplete: false`). Some services answer speech all the same, some wait
 * for its end for ever. So a turn that nothing answers is ended, and the service's habit is learnt. Ending a turn that
 * is not open is an error; ending one that is being answered interrupts.
 */
export class OpenTurn extends EventEmitter<OpenTurnEvents> {
  readonly #timings: Pick<LiveTimings, 'openTurnMs' | 'openTurnMarginMs'>;
  readonly #turnTaking: Pick<TurnTaking, 'atWorkMs'>;
  #isOpen = false;
  #habit: 'unknown' | 'answers' | 'waits' = 'unknown';
  #endings = 0;
  #speaking = false;
  #spoken = false;
  /** A reply may be about a tool's answer that was sent meanwhile. */
  #answer: 'none' | 'sent' | 'spoken of' | 'done with' = 'none';
  #timer: NodeJS.Timeout | undefined;

  constructor(timings: Pick<LiveTimings, 'openTurnMs' | 'openTurnMarginMs'>, turnTaking: Pick<TurnTaking, 'atWorkMs'>) {
    super();
    this.#timings = timings;
    this.#turnTaking = turnTaking;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  opened(): void {
    this.#isOpen = true;
    this.#spoken = false;
    this.#answer = 'none';
  }

  /** Something else ended it, or the connection is gone. */
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

  /** The model may speak about the answer first, and leave the person's words for later. */
  callAnswered(): void {
    if (this.#isOpen) this.#answer = 'sent';
  }

  /** The words may have been too quiet for our own detector. */
  wordsUnderstood(): void {
    if (!this.#isOpen || this.#speaking) return;
    this.#spoken = true;
    if (this.#timer === undefined) this.#endAfter(this.#timings.openTurnMs);
  }

  /** The wait for an answer begins anew. */
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

  replyEnds(): void {
    if (!this.#isOpen || this.#answer !== 'spoken of') return;
    this.#answer = 'done with';
    if (this.#spoken && !this.#speaking) this.#endUnlessAnswered();
  }

  #endUnlessAnswered(): void {
    const { openTurnMs, openTurnMarginMs } = this.#timings;
    this.#endAfter(this.#habit === 'waits' ? openTurnMarginMs : openTurnMs);
  }

  #endAfter(ms: number): void {
    if (this.#habit === 'answers' || this.#answer === 'spoken of') return;
    const waitMs = Math.max(ms, this.#turnTaking.atWorkMs);
    this.#timer = setTimeout(() => {
      this.closed();
      // The model may have answered together with the tool's answer, so nothing is learnt.
      if (this.#answer === 'done with') {
        this.emit('end');
        return;
      }
      this.#endings += 1;
      if (this.#endings >= WAITS_AFTER) this.#habit = 'waits';
      this.emit('end');
    }, waitMs);
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
