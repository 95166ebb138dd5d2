import { EventEmitter } from 'node:events';
import type { SessionPart } from '../session-part.ts';
import { Delivery } from './delivery.ts';
import type { LivePicture } from './picture-queue.ts';
import type { Uplink } from './uplink.ts';

/** The view takes five at once. More than this belong to a conversation long past. */
const MAX_KEPT = 8;

interface KeptStill {
  readonly still: LivePicture;
  readonly delivery: Delivery;
  readonly topic: string;
  readonly wasSent: boolean;
}

interface StillsEvents {
  /** The model is to know this about a picture; undefined: the picture will never be sent, so nothing of it holds. */
  note: [topic: string, text: string | undefined];
}

/**
 * Single pictures that the session may not have: shown while there was no connection, or after the newest handle came.
 * Each new connection is shown them.
 */
export class Stills extends EventEmitter<StillsEvents> implements SessionPart {
  readonly #uplink: Uplink;
  #kept: KeptStill[] = [];
  #count = 0;
  #connected = false;

  constructor(uplink: Uplink) {
    super();
    this.#uplink = uplink;
  }

  /** Sends it as soon as there is a connection. @param about a note to the model; may be empty */
  show(still: LivePicture, about: string): void {
    this.#count += 1;
    const kept = { still, delivery: new Delivery(), topic: `picture ${this.#count}`, wasSent: false };
    this.#kept.push(kept);
    this.#dropOldest();
    if (about !== '') this.emit('note', kept.topic, about);
    if (this.#connected) this.#send(kept);
  }

  onHandle(): void {
    this.#kept = this.#kept.filter(({ delivery }) => !delivery.isInNewHandle);
  }

  onConnecting(): void {
    this.#forgetUnwanted();
  }

  onConnected(): void {
    this.#connected = true;
    this.#forgetUnwanted();
    this.#kept = this.#kept.map((kept) => ({ ...kept, delivery: new Delivery(), wasSent: isSent(kept) }));
    for (const kept of this.#kept) this.#send(kept);
  }

  onDisconnected(): void {
    this.#connected = false;
  }

  #send({ still, delivery }: KeptStill): void {
    this.#uplink.pushControl({ type: 'still', still, delivery });
  }

  #dropOldest(): void {
    while (this.#kept.length > MAX_KEPT) {
      const oldest = this.#kept.shift();
      if (oldest === undefined || isSent(oldest)) continue;
      this.emit('note', oldest.topic, undefined);
      oldest.still.dropped?.();
    }
  }

  #forgetUnwanted(): void {
    const unwanted = this.#kept.filter(({ still }) => !still.isWanted());
    this.#kept = this.#kept.filter((kept) => !unwanted.includes(kept));
    for (const kept of unwanted) if (!isSent(kept)) this.emit('note', kept.topic, undefined);
  }
}

const isSent = ({ delivery, wasSent }: KeptStill) => wasSent || delivery.isSent;
