import type { ShareSource } from '../../src/protocol/picture.ts';
import { Emitter } from '../emitter.ts';
import { JpegCanvas, sizeOf } from './canvas-jpeg.ts';
import { gridOf, hasChanged, type LumaGrid, toLuma } from './change-detector.ts';
import type { Size } from './frame-size.ts';
import { JpegFit } from './jpeg-fit.ts';
import type { HeldPicture } from './worker-messages.ts';

interface SharedSourceEvents {
  /** The source has another size than before. */
  size: Size;
  /** A picture has become the newest. */
  picture: undefined;
}

/** A stopped track's stream ends in the next moment. */
const DRAIN_WAIT_MS = 1_000;

/**
 * A share as the worker has it: its newest picture, and how the last sent one looked. Every older picture is closed at once,
 * because a source that lends out all its buffers stands still.
 */
export class SharedSource extends Emitter<SharedSourceEvents> {
  readonly source: ShareSource;
  readonly epoch: number;
  readonly fit = new JpegFit();
  readonly #scanner: LumaScanner;
  readonly #reading = new AbortController();
  #newest: HeldPicture | undefined;
  /** This picture is in use and must not be closed yet. */
  #lent: HeldPicture | undefined;
  #size: Size = { widthPx: 0, heightPx: 0 };
  #sent: LumaGrid | undefined;
  #followed: Promise<void> = Promise.resolve();

  constructor(source: ShareSource, epoch: number, scanner: LumaScanner) {
    super();
    this.source = source;
    this.epoch = epoch;
    this.#scanner = scanner;
  }

  /** The caller draws it at once and does not close it. */
  get newest(): HeldPicture | undefined {
    return this.#newest;
  }

  get ended(): boolean {
    return this.#reading.signal.aborted;
  }

  /** Takes pictures off the stream until it ends or the share does. */
  follow(frames: ReadableStream<VideoFrame>): void {
    this.#followed = this.#follow(frames);
  }

  async #follow(frames: ReadableStream<VideoFrame>): Promise<void> {
    const reader = frames.getReader();
    let drained: ReturnType<typeof setTimeout> | undefined;
    // The stopped track's stream ends once its last frames are read and closed; `cancel` would drop them unclosed.
    this.#reading.signal.addEventListener('abort', () => {
      drained = setTimeout(() => void reader.cancel().catch(() => undefined), DRAIN_WAIT_MS);
    });
    for (;;) {
      // A stream that fails has ended; its track says so to the page.
      const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }) as const);
      if (value !== undefined) this.take(value);
      if (done) break;
    }
    clearTimeout(drained);
  }

  /** Makes it the newest picture. */
  take(picture: HeldPicture): void {
    const size = sizeOf(picture);
    if (this.ended || size.widthPx === 0 || size.heightPx === 0) {
      picture.close();
      return;
    }
    this.#letGo(picture);
    if (size.widthPx !== this.#size.widthPx || size.heightPx !== this.#size.heightPx) {
      this.#size = size;
      this.emit('size', size);
    }
    this.emit('picture');
  }

  /** Whether the newest picture shows something else than the last that was sent. */
  hasChanged(): boolean {
    if (this.#newest === undefined) return false;
    return this.#sent === undefined || hasChanged(this.#sent, this.#scanner.scan(this.#newest), this.source);
  }

  /**
   * The newest picture is taken to be sent: others are compared with it from now on.
   *
   * @returns whether it shows something else than the one before
   */
  markSent(): boolean {
    if (this.#newest === undefined) return false;
    const before = this.#sent;
    this.#sent = this.#scanner.scan(this.#newest);
    return before === undefined || hasChanged(before, this.#sent, this.source);
  }

  /** Forgets the picture that was marked as sent, because it was not. */
  forgetSent(): void {
    this.#sent = undefined;
  }

  /** Keeps the newest picture open until it is given back, also past the share's end. One at a time. */
  lend(): HeldPicture | undefined {
    this.#lent = this.#newest;
    return this.#lent;
  }

  giveBack(): void {
    if (this.#lent !== this.#newest) this.#lent?.close();
    this.#lent = undefined;
  }

  /** Lets go of everything that is not lent; settles when the stream has let go too. */
  end(): Promise<void> {
    this.#reading.abort();
    this.#letGo(undefined);
    return this.#followed;
  }

  #letGo(successor: HeldPicture | undefined): void {
    if (this.#newest !== this.#lent) this.#newest?.close();
    this.#newest = successor;
  }
}

/** Makes the grids of pictures on one small canvas. */
export class LumaScanner {
  readonly #canvas = new JpegCanvas();

  /** The picture may be closed afterwards. */
  scan(picture: HeldPicture): LumaGrid {
    const { columns, rows } = gridOf(sizeOf(picture));
    this.#canvas.draw(picture, { widthPx: columns, heightPx: rows });
    return { columns, rows, cells: toLuma(this.#canvas.pixels()) };
  }
}
