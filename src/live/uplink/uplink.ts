import { EventEmitter } from 'node:events';
import type { LiveLog } from '../log.ts';
import { type LivePicture, PictureQueue } from './picture-queue.ts';
import type { Delivery } from './delivery.ts';
import { BYTES_PER_SAMPLE, MICROPHONE_RATE_HZ } from '../settings.ts';

export type Control = ControlContent & {
  readonly delivery?: Delivery;
};

type ControlContent =
  | {
      readonly type: 'text';
      readonly text: string;
      readonly path: 'clientContent' | 'realtimeInput';
      /** What the model is to know before it answers. */
      readonly notes: readonly string[];
    }
  /** Context that asks nothing. Only for models that take `clientContent` at any time. */
  | { readonly type: 'notes'; readonly notes: readonly string[] }
  | { readonly type: 'endTurn' }
  | { readonly type: 'still'; readonly still: LivePicture }
  | {
      readonly type: 'toolAnswer';
      readonly id: string;
      readonly name: string;
      readonly response: Readonly<Record<string, unknown>>;
      readonly scheduling?: 'SILENT' | 'WHEN_IDLE';
      /** Go right before it. */
      readonly stills: readonly LivePicture[];
      /** Sent instead of `response` where nobody wants one of the stills any more. */
      readonly withoutStills: Readonly<Record<string, unknown>>;
    };

export interface UplinkSink {
  /** Handed over and not taken by the network yet. */
  readonly bufferedBytes: number;
  sendAudio(pcm16: Uint8Array): void;
  sendAudioStreamEnd(): void;
  /** Calls `onPong` when the service has read all that was sent before, unless the connection is lost. */
  ping(onPong: () => void): void;
  /** Whatever `send` sends reaches the network together, as far as it fits. */
  inOneGo(send: () => void): void;
  /** @returns whether there was a network to hand it to */
  sendPicture(jpeg: Uint8Array): boolean;
  sendControl(control: Exclude<Control, { type: 'still' }>): void;
}

/** 8 s, for a network that stalls for 5 s. Older audio is not worth an answer. */
export const MAX_QUEUED_AUDIO_BYTES = 8 * MICROPHONE_RATE_HZ * BYTES_PER_SAMPLE;

/** About 1.5 s of audio. Above this the socket gets none, so that text can overtake it. */
export const HIGH_WATER_BYTES = 64 * 1024;

/** About 0.2 s of audio. Above this the socket gets no frame, so that speech need not wait. */
export const PICTURE_LOW_WATER_BYTES = 8 * 1024;

/** People type a few lines a minute, so nobody will ever send this many. */
const MAX_QUEUED_CONTROLS = 100;

type AudioItem = { readonly type: 'audio'; readonly pcm16: Uint8Array } | { readonly type: 'streamEnd' };

export interface UplinkOptions {
  readonly log: LiveLog;
  /** After so long without audio the service is told of the pause. */
  readonly microphonePauseMs: number;
}

interface UplinkEvents {
  pause: [];
  pictureSent: [picture: LivePicture];
}

/**
 * Sends all that goes up: controls first, then audio in order, then the newest frame of each source. When the network
 * is slower than speech for long, the oldest audio is dropped.
 */
export class Uplink extends EventEmitter<UplinkEvents> {
  readonly #options: UplinkOptions;
  #sink: UplinkSink | undefined;
  readonly #controls: Control[] = [];
  readonly #audio: AudioItem[] = [];
  readonly #pictures = new PictureQueue();
  #audioBytes = 0;
  #droppedBytes = 0;
  #pauseTimer: NodeJS.Timeout | undefined;
  #lastChunkMs = 0;

  constructor(options: UplinkOptions) {
    super();
    this.#options = options;
  }

  get droppedBytes(): number {
    return this.#droppedBytes;
  }

  get queuedAudioBytes(): number {
    return this.#audioBytes;
  }

  get droppedPictures(): number {
    return this.#pictures.dropped;
  }

  attach(sink: UplinkSink): void {
    this.#sink = sink;
    this.pump();
  }

  /** Controls belong to the connection they were made for, and go with it. */
  detach(): void {
    this.#sink = undefined;
    this.#controls.length = 0;
  }

  pushControl(control: Control): void {
    if (this.#controls.length >= MAX_QUEUED_CONTROLS) {
      this.#options.log.warn(`uplink: ${MAX_QUEUED_CONTROLS} messages are waiting; the oldest is dropped`);
      this.#controls.shift();
    }
    this.#controls.push(control);
    this.pump();
  }

  pushAudio(pcm16: Uint8Array): void {
    if (pcm16.byteLength === 0) return;
    this.#lastChunkMs = performance.now();
    this.#pauseTimer ??= setTimeout(() => this.#checkPause(), this.#options.microphonePauseMs);
    this.#audio.push({ type: 'audio', pcm16 });
    this.#audioBytes += pcm16.byteLength;
    this.pump();
    this.#dropOldest();
  }

  pushPicture(source: string, picture: LivePicture): void {
    this.#pictures.push(source, picture);
    this.pump();
  }

  /** Tells the service at once that the microphone is off. */
  endAudioStream(): void {
    if (this.#pauseTimer === undefined) return;
    clearTimeout(this.#pauseTimer);
    this.#pauseTimer = undefined;
    this.#audio.push({ type: 'streamEnd' });
    this.pump();
    this.emit('pause');
  }

  pump(): void {
    const sink = this.#sink;
    if (sink === undefined) return;
    for (let control = this.#controls.shift(); control !== undefined; control = this.#controls.shift()) {
      this.#sendControl(sink, control);
    }
    this.#sendAudio(sink);
    if (this.#audio.length > 0 || sink.bufferedBytes > PICTURE_LOW_WATER_BYTES) return;
    const picture = this.#pictures.take();
    if (picture !== undefined) this.#sendPicture(sink, picture);
  }

  #sendControl(sink: UplinkSink, control: Control): void {
    switch (control.type) {
      case 'still':
        if (!control.still.isWanted()) return;
        attended(sink, control, () => this.#sendPicture(sink, control.still));
        return;
      case 'toolAnswer':
        this.#sendAnswer(sink, control);
        return;
      default:
        attended(sink, control, () => sink.sendControl(control));
    }
  }

  #sendAnswer(sink: UplinkSink, answer: Extract<Control, { type: 'toolAnswer' }>): void {
    const isWhole = answer.stills.every((still) => still.isWanted());
    if (isWhole) for (const still of answer.stills) this.#sendPicture(sink, still);
    attended(sink, answer, () => {
      sink.sendControl(isWhole ? answer : { ...answer, response: answer.withoutStills });
    });
  }

  #sendPicture(sink: UplinkSink, picture: LivePicture): void {
    if (sink.sendPicture(picture.bytes)) this.emit('pictureSent', picture);
  }

  #sendAudio(sink: UplinkSink): void {
    while (sink.bufferedBytes < HIGH_WATER_BYTES) {
      const item = this.#audio.shift();
      if (item === undefined) return;
      if (item.type === 'streamEnd') sink.sendAudioStreamEnd();
      else {
        this.#audioBytes -= item.pcm16.byteLength;
        sink.sendAudio(item.pcm16);
      }
    }
  }

  dispose(): void {
    clearTimeout(this.#pauseTimer);
    this.#pauseTimer = undefined;
    this.#sink = undefined;
    this.#controls.length = 0;
    this.#audio.length = 0;
    this.#pictures.clear();
    this.#audioBytes = 0;
  }

  #checkPause(): void {
    const leftMs = this.#options.microphonePauseMs - (performance.now() - this.#lastChunkMs);
    if (leftMs <= 0) this.endAudioStream();
    else this.#pauseTimer = setTimeout(() => this.#checkPause(), leftMs);
  }

  #dropOldest(): void {
    const before = this.#droppedBytes;
    while (this.#audioBytes > MAX_QUEUED_AUDIO_BYTES) {
      const item = this.#audio.shift();
      if (item === undefined) return;
      if (item.type !== 'audio') continue;
      this.#audioBytes -= item.pcm16.byteLength;
      this.#droppedBytes += item.pcm16.byteLength;
    }
    if (before === 0 && this.#droppedBytes > 0) {
      this.#options.log.warn('uplink: the network is slower than speech; the oldest audio is dropped');
    }
  }
}

/** Sends it between two pings, which show how far the service has read. */
function attended(sink: UplinkSink, { delivery }: Control, send: () => void): void {
  if (delivery === undefined) {
    send();
    return;
  }
  delivery.sent();
  sink.inOneGo(() => {
    sink.ping(() => delivery.reached());
    send();
    sink.ping(() => delivery.confirm());
  });
}
