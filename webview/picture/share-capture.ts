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

/** A camera takes a second or two to wake; after this long, no picture will come. */
const FIRST_FRAME_WAIT_MS = 10_000;

/**
 * A still screen gives one frame, and no other follows where that one is lost (seen with a tab). Whenever something begins to
 * look at the track, the browser shows a frame, also to the worker.
 */
const ASK_AGAIN_MS = 1_000;

/** Owns an open screen or camera: its track and its way into the worker, both of which it ends. */
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

  /** Stops waiting for the first picture. */
  alive(): void {
    clearTimeout(this.#firstFrameTimer);
    clearInterval(this.#askAgainTimer);
    this.#looking?.dispose();
    this.#looking = undefined;
  }

  /** Fetches a picture for the worker where the browser streams none. */
  async pump(): Promise<void> {
    const { source, epoch, worker } = this.#options;
    const picture = await this.#pump?.grab();
    if (picture === undefined) return;
    if (this.#listening.signal.aborted) picture.close();
    else worker.post({ type: 'picture', source, epoch, picture }, [picture]);
  }

  /** Ends the capture at once and tells nothing afterwards. */
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

/** Chromium gives pages what the standard gives only workers: a track's frames as a transferable stream. */
interface TrackProcessor {
  readonly readable: ReadableStream<VideoFrame>;
}
type TrackProcessorMaker = new (init: { track: MediaStreamTrack; maxBufferSize: number }) => TrackProcessor;

/** Streams a track's frames to the worker; undefined where a `VideoPump` must fetch them one by one. */
function frameStream(track: MediaStreamTrack): ReadableStream<VideoFrame> | undefined {
  // The DOM's types lack it, because the standard has it in workers only.
  const { MediaStreamTrackProcessor } = globalThis as { MediaStreamTrackProcessor?: TrackProcessorMaker };
  if (MediaStreamTrackProcessor === undefined) return undefined;
  // A late reader wants the newest frame, so one is buffered.
  return new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable;
}

/** Fetches a track's frames in browsers that stream none, from a video that nobody sees. */
class VideoPump {
  readonly #video = document.createElement('video');

  constructor(track: MediaStreamTrack) {
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#video.srcObject = new MediaStream([track]);
    // It rejects when disposed before it began; a muted video needs no click.
    void this.#video.play().catch(() => undefined);
  }

  /** Takes what the track shows now; undefined before its first frame. The caller closes it or gives it away. */
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
