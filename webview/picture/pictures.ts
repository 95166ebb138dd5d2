import type {
  CropMessage,
  FromSurface,
  RequestFrameMessage,
  FrameDroppedMessage,
  PrepareStillMessage,
  ShareMessage,
  CaptureSettingsMessage,
} from '../../src/protocol/messages.ts';
import type { ShareSource } from '../../src/protocol/picture.ts';
import { type PictureReport, PictureWorker } from './picture-worker.ts';
import { Shares } from './shares.ts';
import { StillMaker } from './still-maker.ts';

interface PicturesOptions {
  /** Where `picture.worker.js` is served. */
  readonly workerUrl: string;
  readonly post: (message: FromSurface) => void;
  /** Whether a frame may go out now without holding up speech. */
  readonly mayPostFrame: () => boolean;
}

/** What the host says about pictures. */
export type PictureMessage =
  ShareMessage | CaptureSettingsMessage | RequestFrameMessage | FrameDroppedMessage | CropMessage | PrepareStillMessage;

/**
 * All that a surface has to do with pictures: what is shared while it captures, and the files that anybody shows it. They
 * have one worker, which runs while there is something to do.
 */
export class Pictures {
  readonly #options: PicturesOptions;
  readonly #worker: PictureWorker;
  readonly #stills: StillMaker;
  #shares: Shares | undefined;
  /** A worker that starts later is told. */
  #captureSettings: CaptureSettingsMessage | undefined;

  constructor(options: PicturesOptions) {
    const { workerUrl, post } = options;
    this.#options = options;
    this.#worker = new PictureWorker({
      url: workerUrl,
      greeting: () => this.#captureSettings,
      onMessage: (message) => this.#hear(message),
      onFailed: (detail) => {
        this.#shares?.fail(detail);
        this.#stills.fail();
      },
    });
    this.#stills = new StillMaker({ worker: this.#worker, post });
  }

  /** The surface has got or lost the `media` role. Everything that is shared ends with it. */
  setCapturing(capturing: boolean): void {
    if (capturing === (this.#shares !== undefined)) return;
    this.#shares?.dispose();
    this.#shares = undefined;
    if (!capturing) return;
    const { post, mayPostFrame } = this.#options;
    this.#shares = new Shares({ worker: this.#worker, post, mayPostFrame });
  }

  receive(message: PictureMessage): void {
    if (message.type === 'prepareStill') return void this.#stills.prepare(message);
    if (message.type === 'captureSettings') this.#captureSettings = message;
    this.#shares?.receive(message);
  }

  /** The person pasted or dropped a file. */
  show(file: File): void {
    void this.#stills.show(file);
  }

  /** The browser shows its picker, or its question, only in a click that is passed on by `click`. */
  needsClick(source: ShareSource): boolean {
    return this.#shares?.needsClick(source) ?? false;
  }

  /** Call it in the handler of the click or key press itself. */
  click(source: ShareSource): void {
    this.#shares?.click(source);
  }

  dispose(): void {
    this.setCapturing(false);
    this.#worker.dispose();
  }

  #hear(message: PictureReport): void {
    if (message.type === 'still') this.#stills.hear(message);
    else this.#shares?.hear(message);
  }
}
