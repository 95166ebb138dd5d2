import type { ShareSource } from '../../src/protocol/picture.ts';
import { Emitter } from '../emitter.ts';
import type { PictureWorker } from './picture-worker.ts';
import type { HeldPicture } from './worker-messages.ts';

interface CaptureOptions {
  readonly source: ShareSource;
  readonly epoch: number;
  readonly track: MediaStreamTrack;
  readonly worker: PictureWorker;
}

interface CaptureEvents {
  /** The person or the browser ended it, or it was unplugged. */
  ended: undefined;
  /** It is open but shows nothing, and how long that was waited for. */
  nothing: string;
}

/** A source that shows nothing for so long shows nothing: a camera takes a second or two to wake. */
const FIRST_FRAME_WAIT_MS = 10_000;

/**
 * A screen that stands still gives one frame, and where that is lost on its way to the worker no other follows: it was seen
 * to happen with a tab. Whoever begins to look at a track is shown a frame by the browser, at once, and so is the worker.
 */
const ASK_AGAIN_MS = 1_000;

/** An open screen or camera: its track, its way into the worker, and the duty to end both. */
export class ShareCapture extends Emitter<CaptureEvents> {
  readonly #options: CaptureOptions;
  readonly #pump: VideoPump | undefined;
  readonly #listening = new AbortController();
  readonly #releaseWorker: () => void;
  readonly #firstFrameTimer: ReturnType<typeof setTimeout>;
  readonly #askAgainTimer: ReturnType<typeof setInterval> | undefined;
  #looking: VideoPump | undefined;

  constructor(options: CaptureOptions) {
    super();
    const { source, epoch, track, worker } = options;
    this.#options = options;
    track.addEventListener('ended', () => this.emit('ended'), { signal: this.#listening.signal });
    const frames = frameStream(track);
    this.#pump = frames === undefined ? new VideoPump(track) : undefined;
    this.#releaseWorker = worker.hold();
    worker.post({ type: 'begin', source, epoch, frames }, frames === undefined ? [] : [frames]);
    this.#firstFrameTimer = setTimeout(() => {
      this.emit('nothing', `No picture within ${FIRST_FRAME_WAIT_MS / 1000} s`);
    }, FIRST_FRAME_WAIT_MS);
    if (frames !== undefined) this.#askAgainTimer = setInterval(() => this.#lookAnew(), ASK_AGAIN_MS);
  }

  get label(): string {
    return this.#options.track.label;
  }

  /** A picture has come, or none is waited for any more. */
  alive(): void {
    clearTimeout(this.#firstFrameTimer);
    clearInterval(this.#askAgainTimer);
    this.#looking?.dispose();
    this.#looking = undefined;
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
    this.alive();
    this.#listening.abort();
    track.stop();
    this.#pump?.dispose();
    worker.endShare(source, epoch, this.#releaseWorker);
  }

  #lookAnew(): void {
    this.#looking?.dispose();
    this.#looking = new VideoPump(this.#options.track);
  }
}

/** Chromium gives pages what the standard gives to workers only: a track's frames as a stream that can be given away. */
interface TrackProcessor {
  readonly readable: ReadableStream<VideoFrame>;
}
type TrackProcessorMaker = new (init: { track: MediaStreamTrack; maxBufferSize: number }) => TrackProcessor;

/** The frames of a track for the worker to take; undefined where they must be fetched one by one, by a `VideoPump`. */
function frameStream(track: MediaStreamTrack): ReadableStream<VideoFrame> | undefined {
  // In no DOM type library, because the standard has it in workers only.
  const { MediaStreamTrackProcessor } = globalThis as { MediaStreamTrackProcessor?: TrackProcessorMaker };
  if (MediaStreamTrackProcessor === undefined) return undefined;
  // One: whoever is late wants the newest.
  return new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable;
}

/** The frames of a track for browsers without a stream of them: a video that nobody sees, looked at when asked. */
class VideoPump {
  readonly #video = document.createElement('video');

  constructor(track: MediaStreamTrack) {
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#video.srcObject = new MediaStream([track]);
    // Rejects when it is let go before it has begun; a muted video needs no click.
    void this.#video.play().catch(() => undefined);
  }

  /** What the track shows now; undefined before its first frame. The caller gives it away or closes it. */
  async grab(): Promise<HeldPicture | undefined> {
    const video = this.#video;
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) return undefined;
    try {
      return 'VideoFrame' in globalThis ? new VideoFrame(video) : await createImageBitmap(video);
    } catch {
      return undefined; // The track ended in this very moment.
    }
  }

  dispose(): void {
    this.#video.pause();
    this.#video.srcObject = null;
  }
}
