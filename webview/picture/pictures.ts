import type {
  CaptureSettingsMessage,
  CropMessage,
  FrameDroppedMessage,
  PrepareStillMessage,
  RequestFrameMessage,
  ShareMessage,
  FromSurface,
} from '../../src/protocol/messages.ts';
import type { ShareSource } from '../../src/protocol/picture.ts';
import type { Channel } from '../channel/channel.ts';
import { PictureWorker } from './picture-worker.ts';
import { StillMaker } from './still-maker.ts';
import { CameraShare } from './camera-share.ts';
import { ScreenShare } from './screen-share.ts';
import { Share } from './share.ts';
import { type FromPictureWorker, nowUnixMs } from './worker-messages.ts';

/** What the host says about pictures. */
export type PictureMessage =
  ShareMessage | CaptureSettingsMessage | RequestFrameMessage | FrameDroppedMessage | CropMessage | PrepareStillMessage;

/**
 * All that a surface has to do with pictures: what is shared while it captures, and the files that anybody shows it. They
 * have one worker, which runs while there is something to do.
 */
export class Pictures {
  readonly #channel: Channel;
  readonly #worker: PictureWorker;
  readonly #stills: StillMaker;
  #shares: Shares | undefined;

  /** @param workerUrl where `picture.worker.js` is served */
  constructor(channel: Channel, workerUrl: string) {
    this.#channel = channel;
    this.#worker = new PictureWorker(workerUrl);
    this.#stills = new StillMaker(this.#worker, channel);
  }

  /** The surface has got or lost the `media` role. Everything that is shared ends with it. */
  setCapturing(capturing: boolean): void {
    if (capturing === (this.#shares !== undefined)) return;
    this.#shares?.dispose();
    this.#shares = capturing ? new Shares(this.#worker, this.#channel) : undefined;
  }

  receive(message: PictureMessage): void {
    if (message.type === 'prepareStill') void this.#stills.prepare(message);
    // Also while nothing is shared: a worker that starts later is to know them.
    else if (message.type === 'captureSettings') this.#worker.configure(message);
    else this.#shares?.receive(message);
  }

  /** The person pasted or dropped a file. */
  show(file: File): void {
    void this.#stills.show(file);
  }

  /** Call it in the handler of the click or key press itself: the browser opens its picker for nothing less. */
  click(source: ShareSource): void {
    this.#shares?.click(source);
  }

  dispose(): void {
    this.setCapturing(false);
    this.#worker.dispose();
  }
}

/** The eyes of a surface, from the moment it is given the `media` role until it loses it. */
class Shares {
  readonly #worker: PictureWorker;
  readonly #channel: Channel;
  readonly #camera: CameraShare;
  readonly #shares: Readonly<Record<ShareSource, Share>>;
  /** What was asked of the worker and not answered yet; until then it is kept. */
  readonly #crops = new Map<number, () => void>();
  readonly #ending = new AbortController();

  constructor(worker: PictureWorker, channel: Channel) {
    this.#worker = worker;
    this.#channel = channel;
    this.#camera = new CameraShare(channel);
    this.#shares = {
      screen: new Share(new ScreenShare(), worker, channel),
      camera: new Share(this.#camera, worker, channel),
    };
    const { signal } = this.#ending;
    worker.on('share', (report) => this.#shares[report.source].hear(report), signal);
    worker.on('crop', (result) => this.#cropped(result), signal);
    worker.on('failed', (detail) => this.#fail(detail), signal);
  }

  receive(message: ShareMessage | RequestFrameMessage | FrameDroppedMessage | CropMessage): void {
    switch (message.type) {
      case 'share':
        this.#shares[message.source].follow(message);
        return;
      case 'requestFrame':
        this.#worker.postIfRunning(message);
        return;
      case 'frameDropped':
        this.#worker.postIfRunning({ type: 'skipped', source: message.source, epoch: message.epoch });
        return;
      case 'crop':
        this.#crops.set(message.request, this.#worker.hold());
        if (this.#worker.running) this.#worker.post(message);
        else this.#answer(message.request);
        return;
    }
  }

  click(source: ShareSource): void {
    this.#shares[source].click();
  }

  dispose(): void {
    this.#ending.abort();
    this.#camera.dispose();
    for (const share of Object.values(this.#shares)) share.dispose();
    for (const release of this.#crops.values()) release();
    this.#crops.clear();
  }

  #cropped({ request, picture }: Extract<FromPictureWorker, { type: 'cropResult' }>): void {
    if (picture === undefined) return this.#answer(request);
    const { jpeg, widthPx, heightPx, capturedAtMs } = picture;
    const ageMs = Math.max(0, nowUnixMs() - capturedAtMs);
    this.#answer(request, { jpeg: new Uint8Array(jpeg), widthPx, heightPx, ageMs });
  }

  /** The worker is gone, and with it every picture. */
  #fail(detail: string): void {
    for (const share of Object.values(this.#shares)) share.fail(detail);
    for (const request of [...this.#crops.keys()]) this.#answer(request);
  }

  #answer(request: number, picture?: Parameters<typeof cropResult>[1]): void {
    const release = this.#crops.get(request);
    if (release === undefined) return;
    this.#crops.delete(request);
    release();
    this.#channel.post(cropResult(request, picture));
  }
}

type CropResult = Extract<FromSurface, { type: 'cropResult' }>;

function cropResult(request: number, picture: CropResult['picture']): CropResult {
  return { type: 'cropResult', request, ...(picture !== undefined && { picture }) };
}
