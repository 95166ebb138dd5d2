import type { LivePicture } from '../../live/uplink/picture-queue.ts';
import type { ShareSource, ShownSource } from '../../protocol/picture.ts';

/** What a picture on its way to the service is. */
export interface PictureFacts {
  /** `crop`: a part of a frame, for the model only. */
  readonly source: ShownSource | 'crop';
  readonly name: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** It shows something else than the last of its source. */
  readonly changed: boolean;
}

interface Outgoing extends PictureFacts, Pick<LivePicture, 'isWanted' | 'dropped'> {
  readonly jpeg: Uint8Array;
  readonly ageMs: number;
}

/** Pictures handed to a session, until it says that they have really gone. */
export class OutgoingPictures {
  readonly #facts = new WeakMap<LivePicture, PictureFacts>();
  readonly #waiting = new Set<(picture: LivePicture) => void>();
  readonly #lastSentMs = new Map<PictureFacts['source'], number>();

  /** Milliseconds since the last picture of that source went; Infinity when none did. */
  sinceLastMs(source: ShareSource): number {
    return performance.now() - (this.#lastSentMs.get(source) ?? -Infinity);
  }

  make({ jpeg, ageMs, isWanted, dropped, ...facts }: Outgoing): LivePicture {
    const capturedAtMs = performance.now() - ageMs;
    const picture: LivePicture = { bytes: jpeg, capturedAtMs, isWanted, ...(dropped !== undefined && { dropped }) };
    this.#facts.set(picture, facts);
    return picture;
  }

  /** The session has handed it to the network. Returns what it is, the first time: a new connection may need it again. */
  sent(picture: LivePicture): PictureFacts | undefined {
    const facts = this.#facts.get(picture);
    this.#facts.delete(picture);
    if (facts !== undefined) this.#lastSentMs.set(facts.source, performance.now());
    for (const look of [...this.#waiting]) look(picture);
    return facts;
  }

  /**
   * Whether this one (or, without one, any) goes, from now on: within that time, or before it is given up.
   *
   * @param cancelled aborted when it cannot go any more
   */
  untilSent(wanted: LivePicture | undefined, withinMs: number, cancelled?: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (sent: boolean): void => {
        clearTimeout(timer);
        cancelled?.removeEventListener('abort', onCancel);
        this.#waiting.delete(look);
        resolve(sent);
      };
      const onCancel = (): void => settle(false);
      const look = (picture: LivePicture): void => {
        if (wanted === undefined || picture === wanted) settle(true);
      };
      const timer = setTimeout(onCancel, withinMs);
      this.#waiting.add(look);
      cancelled?.addEventListener('abort', onCancel, { once: true });
      if (cancelled?.aborted === true) onCancel();
    });
  }
}
