import type { Clock, LiveTimings } from '../timings.ts';
import type { Reply } from './reply.ts';

export type InterruptionTimings = Pick<LiveTimings, 'deadTurnMs' | 'cutTurnMs'>;

/**
 * What still comes of a turn that was cut short belongs to its reply, and its sound is not played. That lasts longer
 * after a cut of ours, of which the service has still to hear.
 */
export class InterruptedTurn {
  readonly #timings: InterruptionTimings;
  readonly #clock: Clock;
  #cut: { readonly reply: Reply; readonly by: 'service' | 'us'; readonly untilMs: number } | undefined;

  constructor(timings: InterruptionTimings, clock: Clock) {
    this.#timings = timings;
    this.#clock = clock;
  }

  /** The reply that what comes now belongs to; undefined: another turn. */
  get reply(): Reply | undefined {
    return this.#cut !== undefined && this.#clock.now() < this.#cut.untilMs ? this.#cut.reply : undefined;
  }

  get awaitsEnd(): boolean {
    return this.#cut !== undefined;
  }

  cut(reply: Reply, by: 'service' | 'us'): void {
    const { deadTurnMs, cutTurnMs } = this.#timings;
    this.#cut = { reply, by, untilMs: this.#clock.now() + (by === 'us' ? cutTurnMs : deadTurnMs) };
  }

  confirmed(): void {
    if (this.#cut?.by === 'us') this.cut(this.#cut.reply, 'service');
  }

  /** What comes now answers the next words, unless the service has still to hear of our cut. */
  personGoesOn(): void {
    if (this.#cut?.by === 'service') this.#cut = { ...this.#cut, untilMs: -Infinity };
  }

  ended(): void {
    this.#cut = undefined;
  }
}
