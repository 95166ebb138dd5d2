import { MAX_STILL_BYTES } from '../../src/protocol/limits.ts';
import type { Box, PictureDetail, ShareSource } from '../../src/protocol/picture.ts';
import { encodeStill, JpegCanvas, sizeOf } from './canvas-jpeg.ts';
import { cropArea } from './crop-area.ts';
import { FramePacer } from './frame-pacer.ts';
import { FRAME_LIMITS, frameSize, type Size } from './frame-size.ts';
import type { EncodedJpeg } from './jpeg-fit.ts';
import { LumaScanner, SharedSource } from './shared-source.ts';
import {
  type FromPictureWorker,
  type HeldPicture,
  nowUnixMs,
  postToPage,
  type ToPictureWorker,
} from './worker-messages.ts';

type CropPicture = NonNullable<Extract<FromPictureWorker, { type: 'cropResult' }>['picture']>;
type CaptureSettings = Extract<ToPictureWorker, { type: 'captureSettings' }>;

/** A source without a stream of its own is looked at as often as changes are looked for. */
const TICK_MS = 250;
/** A line that is busy now is not free in the next moment. */
const RETRY_MS = 300;

/** Watches the shares, and sends of each the frames that are due. One frame is encoded at a time. */
export class FrameLoop {
  readonly #shares = new Map<ShareSource, SharedSource>();
  readonly #pacer = new FramePacer();
  readonly #scanner = new LumaScanner();
  readonly #canvas = new JpegCanvas();
  readonly #ticks = new Map<ShareSource, ReturnType<typeof setInterval>>();
  #detail: PictureDetail = 'medium';
  #encoding = false;
  #sending: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param frames undefined: they are asked for, and come by `take` */
  begin(source: ShareSource, epoch: number, frames: ReadableStream<VideoFrame> | undefined): void {
    void this.end(source);
    const share = new SharedSource(source, epoch, this.#scanner);
    share.on('size', (size) => postToPage({ type: 'size', source, epoch, ...size }));
    share.on('picture', () => {
      this.#pacer.arrived(source);
      this.#step();
    });
    this.#shares.set(source, share);
    this.#pacer.begin(source);
    if (frames !== undefined) {
      share.follow(frames);
      return;
    }
    const tick = (): void => postToPage({ type: 'tick', source, epoch });
    this.#ticks.set(source, setInterval(tick, TICK_MS));
    tick();
  }

  take({ source, epoch, picture }: Extract<ToPictureWorker, { type: 'picture' }>): void {
    const share = this.#shares.get(source);
    if (share?.epoch === epoch) share.take(picture);
    else picture.close();
  }

  /** Nothing is sent of it any more; settles when nothing of it is held either. */
  async end(source: ShareSource): Promise<void> {
    clearInterval(this.#ticks.get(source));
    this.#ticks.delete(source);
    const share = this.#shares.get(source);
    this.#shares.delete(source);
    this.#pacer.end(source);
    // A picture that is being encoded is still lent.
    await Promise.all([share?.end(), this.#sending]);
  }

  configure({ detail, focus, personSpeaks }: CaptureSettings): void {
    this.#detail = detail;
    this.#pacer.setFocus(focus);
    this.#pacer.setPersonSpeaks(personSpeaks);
    this.#step();
  }

  look(unlessNewerThanMs: number): void {
    this.#pacer.look(performance.now(), unlessNewerThanMs);
    this.#step();
  }

  skipped(source: ShareSource, epoch: number): void {
    const share = this.#shares.get(source);
    if (share?.epoch !== epoch) return;
    share.forgetSent();
    this.#pacer.skipped(source, performance.now() + RETRY_MS);
    this.#step();
  }

  async crop(request: number, source: ShareSource, region: Box): Promise<void> {
    const picture = await this.#crop(source, region).catch((error: unknown) => {
      console.warn('A part could not be cut out:', error);
      return undefined;
    });
    postToPage({ type: 'cropResult', request, picture }, picture === undefined ? [] : [picture.jpeg]);
  }

  async #crop(source: ShareSource, region: Box): Promise<CropPicture | undefined> {
    const share = this.#shares.get(source);
    const newest = share?.newest;
    if (share === undefined || newest === undefined) return undefined;
    // A source that sends nothing new still looks like this: its picture is as old as this moment.
    const capturedAtMs = nowUnixMs();
    const area = cropArea(region, sizeOf(newest));
    // Of its own: another part may be asked for while this one is encoded.
    const canvas = new JpegCanvas();
    canvas.draw(newest, area.out, area);
    const crop = await encodeStill(canvas, area.out, MAX_STILL_BYTES);
    return share.ended ? undefined : { ...crop, capturedAtMs };
  }

  #step(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (!this.#encoding) {
      const nowMs = performance.now();
      const pace = this.#pacer.next(nowMs);
      if (pace.kind === 'wait') {
        if (pace.untilMs !== undefined) this.#timer = setTimeout(() => this.#step(), Math.max(1, pace.untilMs - nowMs));
        return;
      }
      const share = this.#shares.get(pace.source);
      if (share?.newest === undefined) return;
      if (pace.kind === 'compare') this.#pacer.compared(pace.source, nowMs, share.hasChanged());
      else this.#sending = this.#send(share);
    }
  }

  async #send(share: SharedSource): Promise<void> {
    const { source, epoch } = share;
    const newest = share.lend();
    if (newest === undefined) return;
    this.#encoding = true;
    const nowMs = performance.now();
    const capturedAtMs = nowUnixMs();
    try {
      // First: whatever goes wrong, the next attempt is a second away.
      this.#pacer.sent(source, nowMs);
      const changed = share.markSent();
      const { jpeg, widthPx, heightPx } = await this.#encode(share, newest);
      const bytes = await jpeg.arrayBuffer();
      const encodeMs = performance.now() - nowMs;
      if (share.ended) return;
      const frame = { source, epoch, capturedAtMs, changed, encodeMs, jpeg: bytes, widthPx, heightPx };
      postToPage({ type: 'frame', ...frame }, [bytes]);
    } catch (error) {
      // A picture that cannot be drawn: the next one may be better.
      console.warn('A frame could not be made:', error);
    } finally {
      share.giveBack();
      this.#encoding = false;
      this.#step();
    }
  }

  #encode({ fit }: SharedSource, picture: HeldPicture): Promise<EncodedJpeg> {
    let drawn: Size | undefined;
    return fit.fit(frameSize(sizeOf(picture), this.#detail), FRAME_LIMITS[this.#detail].bytes, (size, quality) => {
      if (drawn !== size) this.#canvas.draw(picture, size);
      drawn = size;
      return this.#canvas.encode(quality);
    });
  }
}
