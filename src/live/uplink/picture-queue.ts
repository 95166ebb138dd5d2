/** A picture on its way to the model. `pictureSent` tells of this very object, so that a caller knows which one went. */
export interface LivePicture {
  /** JPEG. Not changed after it was given. */
  readonly bytes: Uint8Array;
  /** When it was captured, milliseconds of `performance.now()`. */
  readonly capturedAtMs: number;
  /** Asked at the moment of sending: false drops the picture, as when its share was stopped meanwhile. */
  isWanted(): boolean;
  /** Called where it grew too old to be sent, or too many came after it, so that what it showed was never seen. */
  dropped?(): void;
}

/** A frame that is older shows what is no longer there: the next one is on its way. */
export const MAX_PICTURE_AGE_MS = 2_000;

/** There are a screen and a camera; more sources are a fault that must not grow. */
const MAX_SOURCES = 8;

/** Frames that wait to be sent: the newest of each source, the source that waits longest first. */
export class PictureQueue {
  readonly #waiting = new Map<string, LivePicture>();
  #dropped = 0;

  /** Pictures that were given and never sent, because a newer one came, or they grew old, or nobody wanted them any more. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Keeps the place of the picture that it replaces, so that no source starves. */
  push(source: string, picture: LivePicture): void {
    const waiting = this.#waiting.get(source);
    if (waiting === undefined && this.#waiting.size >= MAX_SOURCES) return;
    this.#waiting.set(source, picture);
    // The newer one shows all that it showed, so nobody need hear of it.
    if (waiting !== undefined) this.#dropped += 1;
  }

  /** The next that is worth sending at this moment; it is not in the queue any more. */
  take(): LivePicture | undefined {
    for (const [source, picture] of this.#waiting) {
      this.#waiting.delete(source);
      if (performance.now() - picture.capturedAtMs <= MAX_PICTURE_AGE_MS && picture.isWanted()) return picture;
      this.#dropped += 1;
      picture.dropped?.();
    }
    return undefined;
  }

  clear(): void {
    this.#waiting.clear();
  }
}
