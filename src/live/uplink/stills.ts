import type { LivePicture } from './picture-queue.ts';
import { Delivery } from './delivery.ts';

/** The view takes five at once; more than these on a line that comes and goes are of a conversation long past. */
const MAX_KEPT = 8;

interface KeptStill {
  readonly still: LivePicture;
  readonly delivery: Delivery;
  /** Of the note about it. */
  readonly topic: string;
  /** To an earlier connection. */
  readonly wasSent: boolean;
}

/**
 * Single pictures of which it is not certain that the session has them: shown while there was no connection, or after the
 * handle was given with which the session would be resumed. A new connection is shown them (again).
 */
export class Stills {
  readonly #neverSent: (topic: string) => void;
  #kept: KeptStill[] = [];

  /** @param neverSent one will never be sent, so what is told of it is not so */
  constructor(neverSent: (topic: string) => void) {
    this.#neverSent = neverSent;
  }

  /** To be sent now, if there is a connection. */
  keep(still: LivePicture, topic: string): KeptStill {
    const kept = { still, delivery: new Delivery(), topic, wasSent: false };
    this.#kept.push(kept);
    while (this.#kept.length > MAX_KEPT) {
      const oldest = this.#kept.shift();
      if (oldest === undefined || isSent(oldest)) continue;
      this.#neverSent(oldest.topic);
      oldest.still.dropped?.();
    }
    return kept;
  }

  /** Lets go of those that nobody wants to be shown any more. */
  forgetUnwanted(): void {
    const unwanted = this.#kept.filter(({ still }) => !still.isWanted());
    this.#kept = this.#kept.filter((kept) => !unwanted.includes(kept));
    for (const kept of unwanted) if (!isSent(kept)) this.#neverSent(kept.topic);
  }

  /** To be sent (again) on a new connection, oldest first. */
  again(): readonly KeptStill[] {
    this.forgetUnwanted();
    this.#kept = this.#kept.map((kept) => ({ ...kept, delivery: new Delivery(), wasSent: isSent(kept) }));
    return this.#kept;
  }

  /** A handle came that leads back to this moment. */
  onHandle(): void {
    this.#kept = this.#kept.filter(({ delivery }) => !delivery.isInNewHandle);
  }
}

const isSent = ({ delivery, wasSent }: KeptStill) => wasSent || delivery.isSent;
