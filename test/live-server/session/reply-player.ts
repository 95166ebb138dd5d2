// Plays a planned reply on the clock, message by message, until it ends or is cut off.
import type { PlannedMessage } from './reply-schedule.ts';

export class ReplyPlayer {
  readonly #plan: PlannedMessage[];
  readonly #onDue: (message: PlannedMessage) => void;
  readonly #startedAtMs: number;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  /** Starts after `delayMs`. `onDue` is called for every message in order; it may call `stop`. */
  constructor(plan: readonly PlannedMessage[], delayMs: number, onDue: (message: PlannedMessage) => void) {
    this.#plan = [...plan];
    this.#onDue = onDue;
    this.#startedAtMs = performance.now() + delayMs;
    this.#wait();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #wait(): void {
    const [next] = this.#plan;
    if (!next || this.#stopped) return;
    const delayMs = Math.max(0, this.#startedAtMs + next.dueMs - performance.now());
    this.#timer = setTimeout(() => this.#playDue(), delayMs);
  }

  #playDue(): void {
    // Timers may fire a little early: what is due within a millisecond is due.
    const nowMs = performance.now() + 1;
    for (let next = this.#plan[0]; next && this.#startedAtMs + next.dueMs <= nowMs; next = this.#plan[0]) {
      if (this.#stopped) return;
      this.#plan.shift();
      this.#onDue(next);
    }
    this.#wait();
  }
}
