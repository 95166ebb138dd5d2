/** The first attempts come quickly, since most losses are over in a moment; then one every 2 s. */
const DELAYS_MS = [250, 500, 1_000] as const;
const LATER_DELAY_MS = 2_000;
/** After so much waiting VS Code is closed, or asleep, or out of reach, and only the person knows which. */
const GIVE_UP_AFTER_MS = 60_000;

/** An attempt counts as this much at most: the clock may have gone on while the computer slept. */
const LONGEST_ATTEMPT_MS = 10_000;

/**
 * How long to wait before each attempt. What is counted is what was spent on trying, not the clock: a computer that slept
 * for a night in between still gets its attempts.
 */
export class Reconnection {
  #attempts = 0;
  #spentMs = 0;

  /**
   * Milliseconds to wait before the next attempt; undefined when it is time to give up.
   *
   * @param attemptMs how long the attempt that has just failed took; 0 when a connection that stood was lost
   */
  next(attemptMs: number): number | undefined {
    const delayMs = DELAYS_MS[this.#attempts] ?? LATER_DELAY_MS;
    this.#spentMs += Math.min(attemptMs, LONGEST_ATTEMPT_MS) + delayMs;
    if (this.#spentMs > GIVE_UP_AFTER_MS) return undefined;
    this.#attempts += 1;
    return delayMs;
  }

  /** An attempt succeeded, or the person asked for another round. */
  reset(): void {
    this.#attempts = 0;
    this.#spentMs = 0;
  }
}
