import type { Reply } from './reply.ts';
import type { LiveTimings } from '../timings.ts';

/**
 * The turn that was cut short, of which the service may still send remains: they belong to the reply that was cut, and
 * their sound is not played. Who cut it decides how long that is: once the service has said `interrupted` it is done with
 * the turn; when we cut it ourselves the service has still to hear of it.
 */
export class InterruptedTurn {
  readonly #timings: Pick<LiveTimings, 'deadTurnMs' | 'cutTurnMs'>;
  readonly #nowMs: () => number;
  #cut: { readonly reply: Reply; readonly by: 'service' | 'us'; readonly untilMs: number } | undefined;

  constructor(timings: Pick<LiveTimings, 'deadTurnMs' | 'cutTurnMs'>, nowMs: () => number) {
    this.#timings = timings;
    this.#nowMs = nowMs;
  }

  /** Whose remains would come now; undefined when what comes belongs to another turn. */
  get reply(): Reply | undefined {
    return this.#cut !== undefined && this.#nowMs() < this.#cut.untilMs ? this.#cut.reply : undefined;
  }

  /** The service has not said yet that the turn is complete. */
  get awaitsEnd(): boolean {
    return this.#cut !== undefined;
  }

  cut(reply: Reply, by: 'service' | 'us'): void {
    const { deadTurnMs, cutTurnMs } = this.#timings;
    this.#cut = { reply, by, untilMs: this.#nowMs() + (by === 'us' ? cutTurnMs : deadTurnMs) };
  }

  /** The service has heard of the cut that we made. */
  confirmed(): void {
    if (this.#cut?.by === 'us') this.cut(this.#cut.reply, 'service');
  }

  /** The person says or types the next thing: what comes after it answers it, unless the service still has to be silenced. */
  personGoesOn(): void {
    if (this.#cut?.by === 'service') this.#cut = { ...this.#cut, untilMs: -Infinity };
  }

  ended(): void {
    this.#cut = undefined;
  }
}
