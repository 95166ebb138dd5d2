import type {
  CropMessage,
  FrameDroppedMessage,
  FromSurface,
  RequestFrameMessage,
  ShareMessage,
} from '../../src/protocol/messages.ts';
import type { ShareSource } from '../../src/protocol/picture.ts';
import type { Channel } from '../channel/channel.ts';
import { CameraShare } from './camera-share.ts';
import type { PictureWorker } from './picture-worker.ts';
import { ScreenShare } from './screen-share.ts';
import { Share } from './share.ts';
import { type FromPictureWorker, nowUnixMs } from './worker-messages.ts';

/** The eyes of a surface, from the moment it is given the `media` role until it loses it. */
export class Shares {
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
