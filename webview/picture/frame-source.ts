import type { HeldPicture } from './worker-messages.ts';

/** Chromium gives pages what the standard gives to workers only: a track's frames as a stream that can be given away. */
interface TrackProcessor {
  readonly readable: ReadableStream<VideoFrame>;
}
type TrackProcessorMaker = new (init: { track: MediaStreamTrack; maxBufferSize: number }) => TrackProcessor;

/** The frames of a track for the worker to take; undefined where they must be fetched one by one, by a `VideoPump`. */
export function frameStream(track: MediaStreamTrack): ReadableStream<VideoFrame> | undefined {
  // In no DOM type library, because the standard has it in workers only.
  const { MediaStreamTrackProcessor } = globalThis as { MediaStreamTrackProcessor?: TrackProcessorMaker };
  if (MediaStreamTrackProcessor === undefined) return undefined;
  // One: whoever is late wants the newest.
  return new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable;
}

/** The frames of a track for browsers without a stream of them: a video that nobody sees, looked at when asked. */
export class VideoPump {
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
