import type { ShareMessage } from '../../src/protocol/messages.ts';
import type { ReportedShareState } from '../../src/protocol/picture.ts';
import type { Channel } from '../channel/channel.ts';
import type { OpenedShare, ShareDevice } from './open-share.ts';
import type { PictureWorker, ShareReport } from './picture-worker.ts';
import { MAX_SIDE_PX } from './screen-share.ts';
import { ShareCapture } from './share-capture.ts';
import { failed } from './share-failure.ts';
import { nowUnixMs } from './worker-messages.ts';

type Open = Extract<OpenedShare, { kind: 'open' }>;

const MAX_LABEL_LENGTH = 500;
/** Chromium's labels of screens, windows and tabs are addresses of its own: `screen:0:0`, `web-contents-media-stream://…`. */
const NO_NAME = /^(screen|window):[-\d]+:|^web-contents-media-stream:/;

/**
 * A screen or a camera, from the host's request to the last frame. Each request has an epoch, and whatever belongs to an
 * older one is let go unseen: a screen that was chosen too late, a frame whose encoding outlived the share.
 */
export class Share {
  readonly #device: ShareDevice;
  readonly #worker: PictureWorker;
  readonly #channel: Channel;
  #epoch = -1;
  /** Of the camera that is wanted. */
  #label = '';
  /** The host wants it, and it has neither failed nor ended. */
  #pursued = false;
  #asking = false;
  #state: ReportedShareState = { kind: 'off' };
  #opened: Open | undefined;
  #capture: ShareCapture | undefined;

  constructor(device: ShareDevice, worker: PictureWorker, channel: Channel) {
    this.#device = device;
    this.#worker = worker;
    this.#channel = channel;
  }

  follow({ wanted, epoch, device }: ShareMessage): void {
    if (epoch <= this.#epoch) return;
    this.#letGo();
    this.#epoch = epoch;
    this.#label = device;
    this.#pursued = wanted;
    this.#asking = false;
    if (wanted) void this.#open();
    else this.#publish({ kind: 'off' });
  }

  /** Call it in the handler of a click or key press that is meant for this share. */
  click(): void {
    if (this.#state.kind === 'waiting' && this.#pursued && !this.#asking) void this.#open();
  }

  hear(report: ShareReport): void {
    const capture = this.#capture;
    if (report.epoch !== this.#epoch || capture === undefined) return;
    switch (report.type) {
      case 'tick':
        void capture.pump();
        return;
      case 'size':
        capture.alive();
        this.#publishOn(report);
        return;
      case 'frame':
        this.#postFrame(report);
        return;
    }
  }

  /** Nothing comes of it any more. */
  fail(detail: string): void {
    if (this.#capture !== undefined) this.#end(failed('broken', detail));
  }

  /** Lets everything go without a word: the host takes no reports from here any more. */
  dispose(): void {
    this.#epoch = Infinity;
    this.#letGo();
  }

  async #open(): Promise<void> {
    const epoch = this.#epoch;
    this.#asking = true;
    const asked = await this.#device.ask(this.#label);
    if (asked.kind === 'asked' && epoch === this.#epoch) this.#publish({ kind: 'choosing' });
    const opened = asked.kind === 'asked' ? await asked.opened : asked;
    if (epoch !== this.#epoch) {
      if (opened.kind === 'open') opened.track.stop();
      return;
    }
    this.#asking = false;
    if (opened.kind === 'waiting') {
      this.#publish(opened);
      return;
    }
    if (opened.kind === 'failed') {
      this.#end(opened);
      return;
    }
    this.#begin(opened);
  }

  #begin(opened: Open): void {
    const { track } = opened;
    if (track.readyState === 'ended') return void this.#sourceEnded(track.label);
    this.#opened = opened;
    const { source } = this.#device;
    this.#capture = new ShareCapture({ source, epoch: this.#epoch, track, worker: this.#worker });
    this.#capture.on('ended', () => void this.#sourceEnded(track.label));
    this.#capture.on('nothing', (detail) => this.#end(failed('broken', detail)));
    // Where the browser knows only the bound that it was given, the first picture tells.
    const { width = 0, height = 0 } = track.getSettings();
    const known = width > 0 && height > 0 && !(width === MAX_SIDE_PX && height === MAX_SIDE_PX);
    if (known) this.#publishOn({ widthPx: Math.round(width), heightPx: Math.round(height) });
  }

  async #sourceEnded(label: string): Promise<void> {
    const epoch = this.#epoch;
    this.#letGo();
    const state = await this.#device.stateWhenEnded(label);
    if (epoch === this.#epoch) this.#end(state);
  }

  #postFrame({ source, epoch, capturedAtMs, changed, jpeg, widthPx, heightPx }: ShareReport & { type: 'frame' }): void {
    if (!this.#channel.mayPostFrame()) return this.#worker.postIfRunning({ type: 'skipped', source, epoch });
    const ageMs = Math.max(0, nowUnixMs() - capturedAtMs);
    this.#channel.post({ type: 'frame', source, epoch, ageMs, widthPx, heightPx, changed, jpeg: new Uint8Array(jpeg) });
  }

  #publishOn({ widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number }): void {
    const { what, track } = this.#opened ?? {};
    const label = nameOf(track?.label ?? '');
    this.#publish({ kind: 'on', label, ...(what !== undefined && { what }), widthPx, heightPx });
  }

  #end(state: ReportedShareState): void {
    this.#letGo();
    this.#pursued = false;
    this.#publish(state);
  }

  #letGo(): void {
    this.#capture?.dispose();
    this.#capture = undefined;
    this.#opened = undefined;
  }

  #publish(state: ReportedShareState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#state) && state.kind === 'on') return;
    this.#state = state;
    this.#channel.post({ type: 'shareState', source: this.#device.source, epoch: this.#epoch, state });
  }
}

/** What a person would call it; empty where the browser does not say. */
function nameOf(label: string): string {
  return NO_NAME.test(label) ? '' : label.slice(0, MAX_LABEL_LENGTH);
}
