/**
 * A token bucket. A page sends 50 microphone chunks a second and about as many reports again; a surface that was held up
 * may bunch some seconds of them.
 */
export class RateLimit {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #nowMs: () => number;
  #left: number;
  #lastMs: number;

  constructor(perSecond: number, burst: number, nowMs: () => number = () => performance.now()) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#nowMs = nowMs;
    this.#left = burst;
    this.#lastMs = nowMs();
  }

  /** Whether `amount` more is allowed now. What is not allowed is not counted. */
  take(amount: number): boolean {
    const now = this.#nowMs();
    this.#left = Math.min(this.#burst, this.#left + ((now - this.#lastMs) / 1000) * this.#perSecond);
    this.#lastMs = now;
    if (this.#left < amount) return false;
    this.#left -= amount;
    return true;
  }
}
