/** What was sent this long ago has been read, even where pongs come 8 to 30 s late. */
const LONGEST_WAY_MS = 5_000;

/**
 * Follows how far the service has read something. A handle that comes right after an answer was sent may be older than
 * it. Both sides keep order, so one ping goes just before it and one after: a handle before the first pong does not
 * have it, one after the second does.
 */
export class Delivery {
  #sentAtMs: number | undefined;
  #isReached = false;
  #isConfirmed = false;

  get isSent(): boolean {
    return this.#sentAtMs !== undefined;
  }

  get isConfirmed(): boolean {
    return this.#isConfirmed;
  }

  /** A handle that comes now certainly includes it. */
  get isInNewHandle(): boolean {
    return this.#isConfirmed || this.#isLongAgo;
  }

  /** It does, unless the service gave out a handle in the midst of what came in one go. */
  get isLikelyInNewHandle(): boolean {
    return this.#isReached || this.#isLongAgo;
  }

  get #isLongAgo(): boolean {
    return this.#sentAtMs !== undefined && performance.now() - this.#sentAtMs >= LONGEST_WAY_MS;
  }

  sent(): void {
    this.#sentAtMs = performance.now();
  }

  reached(): void {
    this.#isReached = true;
  }

  confirm(): void {
    this.#isReached = true;
    this.#isConfirmed = true;
  }
}
