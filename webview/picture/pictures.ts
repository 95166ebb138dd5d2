import type {
  CaptureSettingsMessage,
  CropMessage,
  FrameDroppedMessage,
  PrepareStillMessage,
  RequestFrameMessage,
  ShareMessage,
} from '../../src/protocol/messages.ts';
import type { ShareSource } from '../../src/protocol/picture.ts';
import type { Channel } from '../channel/channel.ts';
import { PictureWorker } from './picture-worker.ts';
import { Shares } from './shares.ts';
import { StillMaker } from './still-maker.ts';

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
