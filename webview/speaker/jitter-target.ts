/**
 * The service sends three times faster than it speaks (docs/live-api.md, "How a reply arrives"), so this much is there
 * within 30 to 40 ms.
 */
const INITIAL_MS = 100;
const MIN_MS = 80;
/** More would feel like a broken line; a stall longer than this is heard as a pause. */
const MAX_MS = 400;
/** Healthy delivery is forgiven for the past slowly: a network that stalled once stalls again. */
const DECAY_EVERY_SAMPLES = 5 * 24_000;
const DECAY_MS = 10;

/** How much sound is wanted in hand before it starts or starts again: grows by what was missing, decays when all is well. */
export class JitterTarget {
  #targetMs = INITIAL_MS;
  #healthySamples = 0;

  get targetMs(): number {
    return this.#targetMs;
  }

  get targetSamples(): number {
    return this.#targetMs * 24;
  }

  /** The queue ran dry for this long, counted until the next chunk came. */
  ranDry(samples: number): void {
    this.#targetMs = Math.min(MAX_MS, this.#targetMs + Math.ceil(samples / 24));
    this.#healthySamples = 0;
  }

  /** This much was played without running dry. */
  played(samples: number): void {
    this.#healthySamples += samples;
    if (this.#healthySamples < DECAY_EVERY_SAMPLES) return;
    this.#healthySamples -= DECAY_EVERY_SAMPLES;
    this.#targetMs = Math.max(MIN_MS, this.#targetMs - DECAY_MS);
  }
}
