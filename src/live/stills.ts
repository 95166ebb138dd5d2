import type { LivePicture } from './picture.ts';
import { Receipt } from './receipt.ts';

/** People show one picture at a time; more than these on a line that comes and goes are of a conversation long past. */
const MAX_KEPT = 4;

interface KeptStill {
  readonly still: LivePicture;
  readonly receipt: Receipt;
}

/**
 * Single pictures of which it is not certain that the session has them: shown while there was no connection, or after the
 * handle was given with which the session would be resumed. A new connection is shown them (again).
 */
export class Stills {
  #kept: KeptStill[] = [];

  /** To be sent now, if there is a connection. */
  keep(still: LivePicture): KeptStill {
    const kept = { still, receipt: new Receipt() };
    this.#kept = [...this.#kept, kept].slice(-MAX_KEPT);
    return kept;
  }

  /** To be sent (again) on a new connection, oldest first. */
  again(): readonly KeptStill[] {
    this.#kept = this.#kept.map(({ still }) => ({ still, receipt: new Receipt() }));
    return this.#kept;
  }

  /** A handle came that leads back to this moment. */
  handleCame(): void {
    this.#kept = this.#kept.filter(({ receipt }) => !receipt.isInNewHandle);
  }
}
