/** Questions to a surface, each with a number: resolved by its answer, or by nothing when none comes in time. */
export class Requests<Answer> {
  readonly #waitMs: number;
  readonly #open = new Map<number, (answer: Answer | undefined) => void>();
  #next = 1;

  /** @param waitMs how long an answer may take, milliseconds */
  constructor(waitMs: number) {
    this.#waitMs = waitMs;
  }

  /** @param ask sends the question with its number; false when there is nobody to ask */
  ask(ask: (request: number) => boolean, signal?: AbortSignal): Promise<Answer | undefined> {
    return new Promise((resolve) => {
      const request = this.#next++;
      const settle = (answer: Answer | undefined): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
        this.#open.delete(request);
        resolve(answer);
      };
      const cancel = (): void => settle(undefined);
      const timer = setTimeout(cancel, this.#waitMs);
      this.#open.set(request, settle);
      signal?.addEventListener('abort', cancel, { once: true });
      if (signal?.aborted === true || !ask(request)) cancel();
    });
  }

  /** Answers nobody asked for (any more) are dropped. */
  answer(request: number, answer: Answer): void {
    this.#open.get(request)?.(answer);
  }

  /** Nobody will answer any more. */
  cancelAll(): void {
    for (const settle of [...this.#open.values()]) settle(undefined);
  }
}
