import type {
  CropMessage,
  FromSurface,
  RequestFrameMessage,
  FrameDroppedMessage,
  ShareMessage,
  CaptureSettingsMessage,
} from '../../src/protocol/messages.ts';
import type { ShareSource, ShareState } from '../../src/protocol/picture.ts';
import { CameraList, openCamera } from './camera-share.ts';
import { storedPermission } from './open-share.ts';
import type { PictureReport, PictureWorker } from './picture-worker.ts';
import { openScreen } from './screen-share.ts';
import { Share } from './share.ts';
import { failed } from './share-failure.ts';
import { nowUnixMs } from './worker-messages.ts';

interface SharesOptions {
  readonly worker: PictureWorker;
  readonly post: (message: FromSurface) => void;
  readonly mayPostFrame: () => boolean;
}

/** The eyes of a surface, from the moment it is given the `media` role until it loses it. */
export class Shares {
  readonly #worker: PictureWorker;
  readonly #post: (message: FromSurface) => void;
  readonly #cameras: CameraList;
  readonly #shares: Readonly<Record<ShareSource, Share>>;
  /** What was asked of the worker and not answered yet; until then it is kept. */
  readonly #crops = new Map<number, () => void>();

  constructor({ worker, post, mayPostFrame }: SharesOptions) {
    this.#worker = worker;
    this.#post = post;
    this.#cameras = new CameraList((labels) => post({ type: 'cameras', labels }));
    const shared = { worker, post, mayPostFrame };
    this.#shares = {
      screen: new Share({
        ...shared,
        source: 'screen',
        open: openScreen,
        onOpened: () => undefined,
        whenEnded: () => Promise.resolve({ kind: 'off', by: 'source' }),
      }),
      camera: new Share({
        ...shared,
        source: 'camera',
        open: openCamera,
        onOpened: () => void this.#cameras.refresh(),
        whenEnded: cameraEnded,
      }),
    };
  }

  receive(
    message: ShareMessage | CaptureSettingsMessage | RequestFrameMessage | FrameDroppedMessage | CropMessage,
  ): void {
    switch (message.type) {
      case 'share':
        this.#shares[message.source].follow(message);
        return;
      case 'captureSettings':
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

  hear(message: Exclude<PictureReport, { type: 'still' }>): void {
    if (message.type !== 'cropResult') return this.#shares[message.source].hear(message);
    if (message.picture === undefined) return this.#answer(message.request);
    const { jpeg, widthPx, heightPx, capturedAtMs } = message.picture;
    const ageMs = Math.max(0, nowUnixMs() - capturedAtMs);
    this.#answer(message.request, { jpeg: new Uint8Array(jpeg), widthPx, heightPx, ageMs });
  }

  needsClick(source: ShareSource): boolean {
    return this.#shares[source].needsClick;
  }

  click(source: ShareSource): void {
    this.#shares[source].click();
  }

  /** The worker is gone, and with it every picture. */
  fail(detail: string): void {
    for (const share of Object.values(this.#shares)) share.fail(detail);
    for (const request of [...this.#crops.keys()]) this.#answer(request);
  }

  dispose(): void {
    this.#cameras.dispose();
    for (const share of Object.values(this.#shares)) share.dispose();
    for (const release of this.#crops.values()) release();
    this.#crops.clear();
  }

  #answer(request: number, picture?: Parameters<typeof cropResult>[1]): void {
    const release = this.#crops.get(request);
    if (release === undefined) return;
    this.#crops.delete(request);
    release();
    this.#post(cropResult(request, picture));
  }
}

type CropResult = Extract<FromSurface, { type: 'cropResult' }>;

function cropResult(request: number, picture: CropResult['picture']): CropResult {
  return { type: 'cropResult', request, ...(picture !== undefined && { picture }) };
}

/** A camera ends when it is unplugged, or when the person takes the permission back. */
async function cameraEnded(label: string): Promise<ShareState> {
  const permission = await storedPermission('camera');
  return failed(permission === 'denied' ? 'denied' : 'vanished', `${label || 'The camera'} ended`);
}
