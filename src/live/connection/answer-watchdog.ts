import type { LiveEvent } from '../wire/live-event.ts';
import type { LiveTimings } from '../timings.ts';

export interface AnswerWatchdogOptions {
  readonly timings: LiveTimings;
  /** The connection was resumed with a handle. */
  readonly resumed: boolean;
  /** The resumed session hears but does not answer. */
  readonly onPoisoned: () => void;
  /** Nothing at all has come while an answer was due. */
  readonly onFrozen: () => void;
}

/**
 * Notices sessions that live on the wire only. One that was resumed with a poisoned handle transcribes what is said and
 * never speaks again, nor says that it is at work; one that froze sends nothing any more and is never closed. Both show only
 * while an answer is due: after words of the person, until the model says or does anything. One watch per connection.
 */
export class AnswerWatchdog {
  readonly #options: AnswerWatchdogOptions;
  #hasAnswered: boolean;
  #working = false;
  #poisonTimer: NodeJS.Timeout | undefined;
  #freezeTimer: NodeJS.Timeout | undefined;

  constructor(options: AnswerWatchdogOptions) {
    this.#options = options;
    this.#hasAnswered = !options.resumed;
  }

  /** The person said or typed something. */
  answerDue(): void {
    this.#freezeTimer ??= this.#freeze();
    this.#watchForPoison();
  }

  onEvent(event: LiveEvent): void {
    switch (event.type) {
      case 'audio':
      case 'text':
      case 'outputTranscript':
      case 'toolCall':
      case 'generationComplete':
      case 'turnComplete':
      case 'waitingForInput':
        this.#hasAnswered = true;
        this.dispose();
        return;
      case 'inputTranscript':
        this.#alive();
        this.answerDue();
        return;
      case 'interactionStatus':
        this.#works(event.status === 'IN_PROGRESS');
        this.#alive();
        return;
      default:
        this.#alive();
    }
  }

  dispose(): void {
    clearTimeout(this.#poisonTimer);
    clearTimeout(this.#freezeTimer);
    this.#poisonTimer = undefined;
    this.#freezeTimer = undefined;
  }

  #works(working: boolean): void {
    if (this.#working === working) return;
    this.#working = working;
    // That an answer is due shows in the other timer, which runs as long.
    if (this.#freezeTimer !== undefined) this.#watchForPoison();
  }

  /** Not while the service says that it is at work: thinking takes longer than this, and a poisoned session does not think. */
  #watchForPoison(): void {
    clearTimeout(this.#poisonTimer);
    if (this.#hasAnswered || this.#working) return;
    this.#poisonTimer = setTimeout(this.#options.onPoisoned, this.#options.timings.poisonedMs);
  }

  #alive(): void {
    if (this.#freezeTimer === undefined) return;
    clearTimeout(this.#freezeTimer);
    this.#freezeTimer = this.#freeze();
  }

  #freeze(): NodeJS.Timeout {
    const { timings, onFrozen } = this.#options;
    return setTimeout(onFrozen, this.#working ? timings.frozenWorkingMs : timings.frozenMs);
  }
}
