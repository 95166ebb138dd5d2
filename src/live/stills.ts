import type { LivePicture } from './picture.ts';

/** People show one picture at a time; more than these on a line that comes and goes are of a conversation long past. */
const MAX_KEPT = 4;

/**
 * Single pictures of which it is not certain that the session has them: shown while there was no connection, or after the
 * handle was given with which the session would be resumed. A new connection is shown them (again).
 */
export class Stills {
  #kept: LivePicture[] = [];

  /** Oldest first. */
  get kept(): readonly LivePicture[] {
    return this.#kept;
  }

  keep(still: LivePicture): void {
    this.#kept = [...this.#kept, still].slice(-MAX_KEPT);
  }

  /** A handle came that leads back to this moment. */
  handleCame(): void {
    this.#kept = [];
  }
}
