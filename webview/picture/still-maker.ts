import type { FromSurface, PrepareStillMessage } from '../../src/protocol/messages.ts';
import { MAX_PICTURE_FILE_BYTES, type StillFailure } from '../../src/protocol/picture.ts';
import { pictureKind } from './picture-file.ts';
import type { PictureWorker } from './picture-worker.ts';
import { drawSvg } from './svg-picture.ts';
import type { FromPictureWorker, WorkerPicture } from './worker-messages.ts';

interface StillMakerOptions {
  readonly worker: PictureWorker;
  readonly post: (message: FromSurface) => void;
}

type Made = WorkerPicture | { readonly reason: StillFailure };

/** Enough to tell a drawing from the other kinds. */
const HEAD_BYTES = 4096;
/** Pictures that are pasted or dropped faster than they are made; what is more is refused. */
const MAX_WAITING = 8;
const MAX_NAME_LENGTH = 200;

/** Turns picture files into what is sent, whoever gave them: the person by pasting and dropping, or the host. */
export class StillMaker {
  readonly #options: StillMakerOptions;
  readonly #waiting = new Map<number, (made: Made) => void>();
  #nextRequest = 0;

  constructor(options: StillMakerOptions) {
    this.#options = options;
  }

  prepare({ request, name, mimeType, bytes }: PrepareStillMessage): Promise<void> {
    // A view on the message, which nobody else keeps.
    return this.#make(new Blob([new Uint8Array(bytes)], { type: mimeType }), name, { request });
  }

  /** A file that was pasted or dropped. */
  show(file: File): Promise<void> {
    return this.#make(file, file.name, {});
  }

  hear({ request, made }: Extract<FromPictureWorker, { type: 'still' }>): void {
    this.#waiting.get(request)?.(made);
    this.#waiting.delete(request);
  }

  /** The worker is gone. */
  fail(): void {
    for (const settle of this.#waiting.values()) settle({ reason: 'unsupported' });
    this.#waiting.clear();
  }

  async #make(file: Blob, fullName: string, asked: { readonly request?: number }): Promise<void> {
    const { worker, post } = this.#options;
    const name = fullName.slice(0, MAX_NAME_LENGTH);
    const release = worker.hold();
    try {
      const made = await this.#made(file);
      if ('reason' in made) post({ type: 'stillFailed', ...asked, name, reason: made.reason });
      else post({ type: 'still', ...asked, name, ...made, jpeg: new Uint8Array(made.jpeg) });
    } finally {
      release();
    }
  }

  async #made(file: Blob): Promise<Made> {
    if (file.size > MAX_PICTURE_FILE_BYTES || this.#waiting.size >= MAX_WAITING) return { reason: 'too-large' };
    try {
      const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
      const picture = pictureKind(head) === 'svg' ? await drawSvg(file) : file;
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
      this.#options.worker.post({ type: 'still', request, picture }, picture instanceof Blob ? [] : [picture]);
    });
  }
}
