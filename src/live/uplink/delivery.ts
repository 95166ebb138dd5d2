/**
 * Whatever the network does, what was sent this long ago has been read: so that a service whose pongs are late (8 to 30 s
 * have been seen) is not believed to know nothing. Good lines have been seen to stall for several seconds.
 */
const LONGEST_WAY_MS = 5_000;

/**
 * Tells what of something the service has read. A handle and an answer cross on their way: a handle that comes right after
 * the answer was sent may be of before it. So a ping goes out just before what is sent and another just after it, in one go,
 * and since both sides keep order, a handle that comes before the first pong does not have it, and one that comes after the
 * second does.
 */
export class Delivery {
  #sentAtMs: number | undefined;
  #isReached = false;
  #isConfirmed = false;

  /** It has been handed to the network. */
  get isSent(): boolean {
    return this.#sentAtMs !== undefined;
  }

  /** The service has read it, for certain. */
  get isConfirmed(): boolean {
    return this.#isConfirmed;
  }

  /** A handle that comes at this moment leads back to a state that has it, for certain. */
  get isInNewHandle(): boolean {
    return this.#isConfirmed || this.#isLongAgo;
  }

  /** It does unless the service has stopped to give out a handle in the midst of what came in one go. */
  get isLikelyInNewHandle(): boolean {
    return this.#isReached || this.#isLongAgo;
  }

  get #isLongAgo(): boolean {
    return this.#sentAtMs !== undefined && performance.now() - this.#sentAtMs >= LONGEST_WAY_MS;
  }

  /** It goes out now. */
  sent(): void {
    this.#sentAtMs = performance.now();
  }

  /** The ping before it was answered. */
  reached(): void {
    this.#isReached = true;
  }

  /** The ping after it was answered. */
  confirm(): void {
    this.#isReached = true;
    this.#isConfirmed = true;
  }
}
