/** Vertex announces the end about 60 s ahead; where no time is given, this little is safe. */
const UNKNOWN_TIME_LEFT_MS = 5_000;

export interface GoAwayOptions {
  /** How long before the announced end the change is made at the latest, milliseconds. */
  readonly reserveMs: number;
  /** A reply or a question in progress, or a state that no handle leads back to: better wait, while there is time. */
  readonly mustWait: () => boolean;
  readonly onChange: () => void;
}

/**
 * The service will end this connection soon. Changes to the next one at the first moment at which nothing is lost by it,
 * and by the announced time at the latest: by a timer of its own, since a service that has said goodbye may say no more.
 */
export class GoAway {
  readonly #options: GoAwayOptions;
  #timer: NodeJS.Timeout | undefined;
  #done = false;

  constructor(options: GoAwayOptions) {
    this.#options = options;
  }

  /** The end was announced, and the change is still to be made. */
  get isAnnounced(): boolean {
    return this.#timer !== undefined;
  }

  announced(timeLeftMs: number | undefined): void {
    if (this.#done || this.#timer !== undefined) return;
    const waitMs = Math.max(0, (timeLeftMs ?? UNKNOWN_TIME_LEFT_MS) - this.#options.reserveMs);
    this.#timer = setTimeout(() => this.#change(), waitMs);
    this.recheck();
  }

  /** Something came that may have ended the wait. */
  recheck(): void {
    if (this.#timer !== undefined && !this.#options.mustWait()) this.#change();
  }

  dispose(): void {
    this.#done = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #change(): void {
    this.dispose();
    this.#options.onChange();
  }
}
