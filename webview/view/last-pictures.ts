import type { PointingMessage, SentPictureMessage } from '../../src/protocol/messages.ts';
import type { ShownSource } from '../../src/protocol/picture.ts';

/** What the model points at in a picture. */
export type Pointing = NonNullable<PointingMessage['at']>;

/** A picture as it was sent, ready for the page. */
export interface LastPicture {
  readonly name: string;
  /** Of the exact bytes; good until the next picture of this source. */
  readonly url: string;
  readonly bytes: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Unix time, milliseconds. */
  readonly sentAtMs: number;
}

/** The newest picture of each source. It owns their object URLs: there are never more of them than sources. */
export class LastPictures {
  readonly #pictures = new Map<ShownSource, LastPicture>();

  get(source: ShownSource): LastPicture | undefined {
    return this.#pictures.get(source);
  }

  put({ source, jpeg, ...rest }: SentPictureMessage): LastPicture {
    // Copied, for the bytes may be a window on all of a socket's message.
    const url = URL.createObjectURL(new Blob([new Uint8Array(jpeg)], { type: 'image/jpeg' }));
    const { name, widthPx, heightPx, sentAtMs } = rest;
    const picture = { name, url, bytes: jpeg.byteLength, widthPx, heightPx, sentAtMs };
    this.forget(source);
    this.#pictures.set(source, picture);
    return picture;
  }

  forget(source: ShownSource): void {
    const picture = this.#pictures.get(source);
    if (picture === undefined) return;
    URL.revokeObjectURL(picture.url);
    this.#pictures.delete(source);
  }

  dispose(): void {
    for (const source of [...this.#pictures.keys()]) this.forget(source);
  }
}
