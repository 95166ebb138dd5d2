import { EventEmitter } from 'node:events';
import type { LiveLog } from '../log.ts';
import { type LivePicture, PictureQueue } from './picture-queue.ts';
import type { Delivery } from './delivery.ts';
import { BYTES_PER_SAMPLE, MICROPHONE_RATE_HZ } from '../settings.ts';

/** These go to the service in order, before microphone and frames. */
export type Control = ControlContent & {
  /** Follows what becomes of it, where a later connection depends on that. */
  readonly delivery?: Delivery;
};

type ControlContent =
  | {
      readonly type: 'text';
      readonly text: string;
      readonly path: 'clientContent' | 'realtimeInput';
      /** What the model is to know before it answers, each as it stands. */
      readonly notes: readonly string[];
    }
  /** Context that asks nothing: the turn stays open. Only for models that take `clientContent` at any time. */
  | { readonly type: 'notes'; readonly notes: readonly string[] }
  /** Ends a turn that notes left open. */
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
      /** Sent in the place of `response` where one of them is not wanted any more. */
      readonly withoutStills: Readonly<Record<string, unknown>>;
    };

/** A connection that has been set up. */
export interface UplinkSink {
  /** Bytes handed over that have not reached the network yet. */
  readonly bufferedBytes: number;
  sendAudio(pcm16: Uint8Array): void;
  sendAudioStreamEnd(): void;
  /** `onPong`: the service has read all that was sent before. Never called once the connection is lost. */
  ping(onPong: () => void): void;
  /** What is sent meanwhile reaches the network together, as far as it fits. */
  inOneGo(send: () => void): void;
  /** Returns whether the network was there to be handed it. */
  sendPicture(jpeg: Uint8Array): boolean;
  sendControl(control: Exclude<Control, { type: 'still' }>): void;
}

/** 8 s: enough for a network that stalls for 5 s. Older audio is no longer worth an answer when it arrives. */
export const MAX_QUEUED_AUDIO_BYTES = 8 * MICROPHONE_RATE_HZ * BYTES_PER_SAMPLE;

/**
 * Above this the socket is given no more audio, so that typed text can overtake it and old audio can be dropped. It is about
 * 1.5 s of audio on the wire (base64 in JSON, 43 kB/s).
 */
export const HIGH_WATER_BYTES = 64 * 1024;

/** Above this, about 0.2 s of audio, the socket is given no frame: at most one is between speech and the network. */
export const PICTURE_LOW_WATER_BYTES = 8 * 1024;

/** People type a few lines a minute, so this many waiting will never be sent. */
const MAX_QUEUED_CONTROLS = 100;

type AudioItem = { readonly type: 'audio'; readonly pcm16: Uint8Array } | { readonly type: 'streamEnd' };

export interface UplinkOptions {
  readonly log: LiveLog;
  /** Milliseconds without a microphone chunk after which the service is told of the pause. */
  readonly microphonePauseMs: number;
}

interface UplinkEvents {
  /** The microphone pauses. */
  pause: [];
  /** A frame or a still was handed to the network. */
  pictureSent: [picture: LivePicture];
}

/**
 * All that goes up, in bounded queues. Controls go first. Audio follows in order; the oldest of it is dropped when the network
 * is slower than speech for long. Frames go last, the newest of each source. Nothing is sent while detached.
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

  /** Audio dropped so far, bytes of PCM16. */
  get droppedBytes(): number {
    return this.#droppedBytes;
  }

  get queuedAudioBytes(): number {
    return this.#audioBytes;
  }

  /** Frames that were given and never sent. */
  get droppedPictures(): number {
    return this.#pictures.dropped;
  }

  /** The connection takes messages from now on. What has waited goes first. */
  attach(sink: UplinkSink): void {
    this.#sink = sink;
    this.pump();
  }

  /** Nothing is sent until the next `attach`. Controls belong to the connection they were made for, and go with it. */
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

  /** Replaces the waiting frame of this source. It is sent once nothing else waits, or dropped. */
  pushPicture(source: string, picture: LivePicture): void {
    this.#pictures.push(source, picture);
    this.pump();
  }

  /** The microphone is off: tells the service at once instead of after the pause. */
  endAudioStream(): void {
    if (this.#pauseTimer === undefined) return;
    clearTimeout(this.#pauseTimer);
    this.#pauseTimer = undefined;
    this.#audio.push({ type: 'streamEnd' });
    this.pump();
    this.emit('pause');
  }

  /** Sends what the network takes now; to be called whenever it has taken something. */
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

  /** An answer must not speak of a picture that was not sent. */
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
      // A pause between two things said goes with the first of them.
      if (item.type !== 'audio') continue;
      this.#audioBytes -= item.pcm16.byteLength;
      this.#droppedBytes += item.pcm16.byteLength;
    }
    if (before === 0 && this.#droppedBytes > 0) {
      this.#options.log.warn('uplink: the network is slower than speech; the oldest audio is dropped');
    }
  }
}

/** Sends it between two pings, whose answers tell how far the service has read. */
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
