/**
 * Whatever the network does, what was sent this long ago has been read: so that a service whose pongs are late (8 to 30 s
 * have been seen) is not believed to know nothing. Good lines have been seen to stall for several seconds.
 */
const LONGEST_WAY_MS = 5_000;

/**
 * Tells whether the service had read something when it gave out a handle. The two cross on their way: a handle that comes
 * right after an answer was sent may be of before it. So a ping goes out just before what is sent, and since both sides keep
 * order, a handle that comes before the pong does not have it, and one that comes after the pong does.
 */
export class Receipt {
  #sentAtMs: number | undefined;
  #isConfirmed = false;

  /** It has been handed to the network. */
  get isSent(): boolean {
    return this.#sentAtMs !== undefined;
  }

  /** The service has read it, for certain. */
  get isConfirmed(): boolean {
    return this.#isConfirmed;
  }

  /** A handle that comes at this moment leads back to a state that has it. */
  get isInNewHandle(): boolean {
    if (this.#isConfirmed) return true;
    return this.#sentAtMs !== undefined && performance.now() - this.#sentAtMs >= LONGEST_WAY_MS;
  }

  /** It goes out now. */
  sent(): void {
    this.#sentAtMs = performance.now();
  }

  /** The ping before it was answered. */
  confirm(): void {
    this.#isConfirmed = true;
  }
}
