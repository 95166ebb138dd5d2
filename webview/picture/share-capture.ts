import type { ShareSource } from '../../src/protocol/picture.ts';
import { frameStream, VideoPump } from './frame-source.ts';
import type { PictureWorker } from './picture-worker.ts';

interface CaptureOptions {
  readonly source: ShareSource;
  readonly epoch: number;
  readonly track: MediaStreamTrack;
  readonly worker: PictureWorker;
  /** The person or the browser ended it, or it was unplugged. */
  readonly onEnded: () => void;
  /** It is open, but shows nothing. */
  readonly onNothing: (detail: string) => void;
}

/** A source that shows nothing for so long shows nothing: a camera takes a second or two to wake. */
const FIRST_FRAME_WAIT_MS = 10_000;

/** An open screen or camera: its track, its way into the worker, and the duty to end both. */
export class ShareCapture {
  readonly #options: CaptureOptions;
  readonly #pump: VideoPump | undefined;
  readonly #listening = new AbortController();
  readonly #releaseWorker: () => void;
  readonly #firstFrameTimer: ReturnType<typeof setTimeout>;

  constructor(options: CaptureOptions) {
    const { source, epoch, track, worker, onEnded, onNothing } = options;
    this.#options = options;
    track.addEventListener('ended', onEnded, { signal: this.#listening.signal });
    const frames = frameStream(track);
    this.#pump = frames === undefined ? new VideoPump(track) : undefined;
    this.#releaseWorker = worker.hold();
    worker.post({ type: 'begin', source, epoch, frames }, frames === undefined ? [] : [frames]);
    this.#firstFrameTimer = setTimeout(() => {
      onNothing(`No picture within ${FIRST_FRAME_WAIT_MS / 1000} s`);
    }, FIRST_FRAME_WAIT_MS);
  }

  get label(): string {
    return this.#options.track.label;
  }

  /** A picture has come. */
  alive(): void {
    clearTimeout(this.#firstFrameTimer);
  }

  /** Fetches a picture for the worker, where none come by themselves. */
  async pump(): Promise<void> {
    const { source, epoch, worker } = this.#options;
    const picture = await this.#pump?.grab();
    if (picture === undefined) return;
    if (this.#listening.signal.aborted) picture.close();
    else worker.post({ type: 'picture', source, epoch, picture }, [picture]);
  }

  /** Ends it at once. Nothing is reported afterwards. */
  dispose(): void {
    const { source, epoch, track, worker } = this.#options;
    clearTimeout(this.#firstFrameTimer);
    this.#listening.abort();
    track.stop();
    this.#pump?.dispose();
    worker.endShare(source, epoch, this.#releaseWorker);
  }
}
