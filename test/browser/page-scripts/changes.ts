/** Lets a test wait for a condition that is looked at again after every change, never after a time. */
export class Changes {
  readonly #watchers = new Set<() => void>();

  announce(): void {
    for (const look of [...this.#watchers]) look();
  }

  /** Resolves with what `look` gives as soon as that is not undefined. */
  until<Found>(look: () => Found | undefined): Promise<Found> {
    return new Promise((resolve) => {
      const tryIt = (): void => {
        const found = look();
        if (found === undefined) return;
        this.#watchers.delete(tryIt);
        resolve(found);
      };
      this.#watchers.add(tryIt);
      tryIt();
    });
  }
}
