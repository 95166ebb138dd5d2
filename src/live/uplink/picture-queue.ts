/** A picture on its way to the model. `pictureSent` tells of this very object. */
export interface LivePicture {
  /** JPEG. Not changed after it was given. */
  readonly bytes: Uint8Array;
  /** When it was captured, milliseconds of `performance.now()`. */
  readonly capturedAtMs: number;
  /** Asked at the moment of sending: its share may have been stopped meanwhile. */
  isWanted(): boolean;
  /** Nobody will ever see it: it is too old, or too many came after it. */
  dropped?(): void;
}

/** An older frame shows what is no longer there. */
export const MAX_PICTURE_AGE_MS = 2_000;

/** There are a screen and a camera; more is a fault that must not grow. */
const MAX_SOURCES = 8;

/** Frames that wait to be sent, the newest of each source. The source that waits longest goes first. */
export class PictureQueue {
  readonly #waiting = new Map<string, LivePicture>();
  #dropped = 0;

  get dropped(): number {
    return this.#dropped;
  }

  /** A newer picture keeps the place of the older one, so that no source starves. */
  push(source: string, picture: LivePicture): void {
    const waiting = this.#waiting.get(source);
    if (waiting === undefined && this.#waiting.size >= MAX_SOURCES) return;
    this.#waiting.set(source, picture);
    if (waiting !== undefined) this.#dropped += 1;
  }

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
