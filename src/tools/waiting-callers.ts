/** Those who wait for one and the same piece of work. It is to stop once all of them have gone, not before. */
export class WaitingCallers {
  readonly #allGone = new AbortController();
  #count = 0;

  /** Aborted when nobody waits any more. */
  get allGone(): AbortSignal {
    return this.#allGone.signal;
  }

  /** @param gone aborted when this one does not wait any more */
  join(gone: AbortSignal): void {
    this.#count += 1;
    gone.addEventListener('abort', () => this.#leave(), { once: true });
    if (gone.aborted) this.#leave();
  }

  #leave(): void {
    this.#count -= 1;
    if (this.#count === 0) this.#allGone.abort();
  }
}
