import type { LivePicture } from '../live/picture.ts';
import type { ShownSource } from '../protocol/picture.ts';

/** What a picture on its way to the service is. */
export interface PictureFacts {
  /** `cut`: a part of a frame, for the model only. */
  readonly source: ShownSource | 'cut';
  readonly name: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** It shows something else than the last of its source. */
  readonly changed: boolean;
}

interface Outgoing extends PictureFacts {
  readonly jpeg: Uint8Array;
  readonly ageMs: number;
  isWanted(): boolean;
}

/** Pictures handed to a session, until it says that they have really gone. */
export class OutgoingPictures {
  readonly #facts = new WeakMap<LivePicture, PictureFacts>();
  readonly #waiting = new Set<(picture: LivePicture) => void>();
  #lastSentMs = -Infinity;

  /** Milliseconds since the last picture went. */
  get sinceLastMs(): number {
    return performance.now() - this.#lastSentMs;
  }

  make({ jpeg, ageMs, isWanted, ...facts }: Outgoing): LivePicture {
    const picture: LivePicture = { bytes: jpeg, capturedAtMs: performance.now() - ageMs, isWanted };
    this.#facts.set(picture, facts);
    return picture;
  }

  /** The session has handed it to the network. Returns what it is, the first time: a new connection may need it again. */
  sent(picture: LivePicture): PictureFacts | undefined {
    const facts = this.#facts.get(picture);
    this.#facts.delete(picture);
    if (facts !== undefined && facts.source !== 'cut') this.#lastSentMs = performance.now();
    for (const look of [...this.#waiting]) look(picture);
    return facts;
  }

  /** Whether this one (or, without one, any) goes within that time, from now on. */
  untilSent(wanted: LivePicture | undefined, withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (sent: boolean): void => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(sent);
      };
      const look = (picture: LivePicture): void => {
        if (wanted === undefined || picture === wanted) settle(true);
      };
      const timer = setTimeout(() => settle(false), withinMs);
      this.#waiting.add(look);
    });
  }
}
