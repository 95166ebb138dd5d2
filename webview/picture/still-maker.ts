import type { PrepareStillMessage } from '../../src/protocol/messages.ts';
import { MAX_PICTURE_FILE_BYTES, type StillFailure } from '../../src/protocol/picture.ts';
import { textOf, withoutEncoding } from '../../src/protocol/svg.ts';
import type { Channel } from '../channel/channel.ts';
import { pictureHead } from './picture-file.ts';
import type { PictureWorker } from './picture-worker.ts';
import { sizeSvg } from './svg-frame.ts';
import type { WorkerPicture } from './worker-messages.ts';

/** A file, and whether it is known for an SVG drawing: the host has read more of it than its head. */
interface Given {
  readonly file: Blob;
  readonly name: string;
  readonly isDrawing: boolean;
}

type Made = WorkerPicture | { readonly reason: StillFailure };

/** Pictures that are pasted or dropped faster than they are made; what is more is refused. */
const MAX_WAITING = 8;
const MAX_NAME_LENGTH = 200;

/** Turns picture files into what is sent, whoever gave them: the person by pasting and dropping, or the host. */
export class StillMaker {
  readonly #worker: PictureWorker;
  readonly #channel: Channel;
  readonly #waiting = new Map<number, (made: Made) => void>();
  #nextRequest = 0;
  /** Settles when everything that the person gave so far was told of. */
  #told: Promise<void> = Promise.resolve();

  constructor(worker: PictureWorker, channel: Channel) {
    this.#worker = worker;
    this.#channel = channel;
    worker.on('still', ({ request, made }) => this.#settle(request, made));
    // The worker is gone.
    worker.on('failed', () => {
      for (const request of [...this.#waiting.keys()]) this.#settle(request, { reason: 'unsupported' });
    });
  }

  prepare({ request, name, mimeType, bytes }: PrepareStillMessage): Promise<void> {
    // A view on the message, which nobody else keeps.
    const file = new Blob([new Uint8Array(bytes)], { type: mimeType });
    return this.#make({ file, name, isDrawing: mimeType === 'image/svg+xml' }, { request });
  }

  /** A file that was pasted or dropped. Several are made at once, and told of in the order in which they were given. */
  show(file: File): Promise<void> {
    this.#told = this.#make({ file, name: file.name, isDrawing: false }, {}, this.#told);
    return this.#told;
  }

  async #make(given: Given, asked: { readonly request?: number }, before?: Promise<void>): Promise<void> {
    const name = given.name.slice(0, MAX_NAME_LENGTH);
    const release = this.#worker.hold();
    try {
      const made = await this.#made(given);
      await before;
      if ('reason' in made) this.#channel.post({ type: 'stillFailed', ...asked, name, reason: made.reason });
      else this.#channel.post({ type: 'still', ...asked, name, ...made, jpeg: new Uint8Array(made.jpeg) });
    } finally {
      release();
    }
  }

  async #made({ file, isDrawing }: Given): Promise<Made> {
    if (file.size > MAX_PICTURE_FILE_BYTES || this.#waiting.size >= MAX_WAITING) return { reason: 'too-large' };
    try {
      const picture = isDrawing || (await isSvg(file)) ? await drawSvg(file) : file;
      if ('reason' in picture) return picture;
      return await this.#ask(picture);
    } catch {
      return { reason: 'not-a-picture' }; // A file that went away, or a folder that was dropped.
    }
  }

  #ask(picture: Blob | ImageBitmap): Promise<Made> {
    const request = this.#nextRequest;
    this.#nextRequest += 1;
    return new Promise((resolve) => {
      this.#waiting.set(request, resolve);
      this.#worker.post({ type: 'still', request, picture }, picture instanceof Blob ? [] : [picture]);
    });
  }

  #settle(request: number, made: Made): void {
    this.#waiting.get(request)?.(made);
    this.#waiting.delete(request);
  }
}

async function isSvg(file: Blob): Promise<boolean> {
  const { kind } = await pictureHead(file);
  return kind?.kind === 'picture' && kind.mimeType === 'image/svg+xml';
}

/** More is no drawing but a data set, and would stop the page while it is drawn. */
const MAX_SVG_BYTES = 8 * 1024 * 1024;

/**
 * Draws an SVG file, inert: it is only ever shown as an image, where browsers run no scripts and load nothing. Only a page
 * can do that, so it is drawn here and encoded in the worker.
 */
async function drawSvg(file: Blob): Promise<ImageBitmap | { readonly reason: StillFailure }> {
  if (file.size > MAX_SVG_BYTES) return { reason: 'too-large' };
  const sized = sizeSvg(withoutEncoding(textOf(new Uint8Array(await file.arrayBuffer()))));
  if (sized === undefined) return { reason: 'not-a-picture' };
  const { svg, widthPx, heightPx } = sized;
  const image = new Image();
  try {
    // Not from a blob: Chromium lets nothing be read of a drawing from one that has HTML in it, as Mermaid's have.
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    await image.decode();
  } catch {
    return { reason: 'not-a-picture' };
  }
  try {
    const canvas = new OffscreenCanvas(widthPx, heightPx);
    canvas.getContext('2d')?.drawImage(image, 0, 0, widthPx, heightPx);
    return canvas.transferToImageBitmap();
  } catch {
    return { reason: 'unsupported' }; // The browser keeps this drawing to itself.
  }
}
