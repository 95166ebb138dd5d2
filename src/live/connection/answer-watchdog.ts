import { EventEmitter } from 'node:events';
import type { LiveEvent } from '../wire/live-event.ts';
import type { LiveTimings } from '../timings.ts';

interface AnswerWatchdogEvents {
  /** A resumed session hears but does not answer. */
  poisoned: [];
  /** Nothing at all has come while an answer was due. */
  frozen: [];
}

/**
 * With a poisoned handle a session transcribes what is said and never answers; a frozen one sends nothing and is never
 * closed. Both show only while an answer is due.
 */
export class AnswerWatchdog extends EventEmitter<AnswerWatchdogEvents> {
  readonly #timings: LiveTimings;
  #hasAnswered: boolean;
  #working = false;
  #poisonTimer: NodeJS.Timeout | undefined;
  #freezeTimer: NodeJS.Timeout | undefined;

  constructor(timings: LiveTimings, resumed: boolean) {
    super();
    this.#timings = timings;
    this.#hasAnswered = !resumed;
  }

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
    // The other timer runs as long as an answer is due.
    if (this.#freezeTimer !== undefined) this.#watchForPoison();
  }

  /** A service that says it is at work is not poisoned, and its thinking may take longer than this. */
  #watchForPoison(): void {
    clearTimeout(this.#poisonTimer);
    if (this.#hasAnswered || this.#working) return;
    this.#poisonTimer = setTimeout(() => this.emit('poisoned'), this.#timings.poisonedMs);
  }

  #alive(): void {
    if (this.#freezeTimer === undefined) return;
    clearTimeout(this.#freezeTimer);
    this.#freezeTimer = this.#freeze();
  }

  #freeze(): NodeJS.Timeout {
    const { frozenWorkingMs, frozenMs } = this.#timings;
    return setTimeout(() => this.emit('frozen'), this.#working ? frozenWorkingMs : frozenMs);
  }
}
