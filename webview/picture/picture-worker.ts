import type { CaptureSettingsMessage } from '../../src/protocol/messages.ts';
import type { ShareSource } from '../../src/protocol/picture.ts';
import { Emitter } from '../emitter.ts';
import type { FromPictureWorker, ToPictureWorker } from './worker-messages.ts';

/** What the worker says of one share. */
export type ShareReport = Extract<FromPictureWorker, { type: 'tick' | 'size' | 'frame' }>;

interface PictureWorkerEvents {
  share: ShareReport;
  crop: Extract<FromPictureWorker, { type: 'cropResult' }>;
  still: Extract<FromPictureWorker, { type: 'still' }>;
  /** It could not be loaded, or it crashed, and why: nothing that was asked of it will be answered. */
  failed: string;
}

/**
 * The page's end of the worker. The worker runs only while somebody holds it, and starts from a blob, because VS Code's
 * webviews allow no other workers.
 */
export class PictureWorker extends Emitter<PictureWorkerEvents> {
  readonly #url: string;
  #captureSettings: CaptureSettingsMessage | undefined;
  #worker: Worker | undefined;
  #starting: AbortController | undefined;
  #waiting: { message: ToPictureWorker; transfer: Transferable[] }[] = [];
  #holders = 0;
  /** What to call when an ended share is let go, by source and epoch: each source counts its own epochs. */
  readonly #ending = new Map<string, () => void>();

  /** @param url where `picture.worker.js` is served */
  constructor(url: string) {
    super();
    this.#url = url;
  }

  /** Keeps the worker until the function that it returns is called; later calls do nothing. */
  hold(): () => void {
    this.#holders += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holders -= 1;
      if (this.#holders === 0) this.dispose();
    };
  }

  /** True also while the worker is being started. */
  get running(): boolean {
    return this.#worker !== undefined || this.#starting !== undefined;
  }

  /** Starts the worker where it does not run. Messages arrive in order. */
  post(message: ToPictureWorker, transfer: Transferable[] = []): void {
    if (this.#worker !== undefined) return this.#worker.postMessage(message, transfer);
    if (this.#starting === undefined) {
      if (this.#captureSettings !== undefined) this.#waiting.push({ message: this.#captureSettings, transfer: [] });
      void this.#start();
    }
    this.#waiting.push({ message, transfer });
  }

  /** Starts no worker where none runs. */
  postIfRunning(message: ToPictureWorker): void {
    if (this.running) this.post(message);
  }

  /** Tells a worker that runs, and every later one first of all. */
  configure(captureSettings: CaptureSettingsMessage): void {
    this.#captureSettings = captureSettings;
    this.postIfRunning(captureSettings);
  }

  /** Ends a share and calls `release` when the worker holds nothing of it that would be lost unclosed. */
  endShare(source: ShareSource, epoch: number, release: () => void): void {
    if (!this.running) return release();
    this.#ending.set(`${source} ${epoch}`, release);
    this.post({ type: 'end', source, epoch });
  }

  /** Ends the worker with all that it holds. */
  dispose(): void {
    for (const { message } of this.#waiting) if (message.type === 'begin') void message.frames?.cancel();
    this.#starting?.abort();
    this.#starting = undefined;
    this.#waiting = [];
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  async #start(): Promise<void> {
    const starting = new AbortController();
    this.#starting = starting;
    try {
      const response = await fetch(this.#url, { signal: starting.signal });
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
      const script = new Blob([await response.arrayBuffer()], { type: 'text/javascript' });
      if (starting.signal.aborted) return;
      this.#run(script);
    } catch (error) {
      if (!starting.signal.aborted) this.#fail(String(error));
    }
  }

  #run(script: Blob): void {
    const url = URL.createObjectURL(script);
    const worker = new Worker(url, { type: 'module', name: 'pictures' });
    this.#worker = worker;
    this.#starting = undefined;
    worker.addEventListener('error', ({ message }) => this.#worker === worker && this.#fail(message));
    // Its other end is picture.worker.ts, which sends nothing but FromPictureWorker.
    worker.addEventListener('message', ({ data }: MessageEvent<FromPictureWorker>) => {
      // It runs, so its script was read. A revocation straight after the start would be too early in Firefox.
      URL.revokeObjectURL(url);
      if (this.#worker !== worker) return;
      this.#receive(data);
    });
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { message, transfer } of waiting) worker.postMessage(message, transfer);
  }

  #receive(message: FromPictureWorker): void {
    switch (message.type) {
      case 'ended':
        return this.#ended(`${message.source} ${message.epoch}`);
      case 'tick':
      case 'size':
      case 'frame':
        return this.emit('share', message);
      case 'cropResult':
        return this.emit('crop', message);
      case 'still':
        return this.emit('still', message);
    }
  }

  #ended(share: string): void {
    const release = this.#ending.get(share);
    this.#ending.delete(share);
    release?.();
  }

  #fail(detail: string): void {
    this.dispose();
    for (const share of [...this.#ending.keys()]) this.#ended(share);
    this.emit('failed', detail);
  }
}
