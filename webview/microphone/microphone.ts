import { MICROPHONE_CHUNK_BYTES } from '../../src/protocol/limits.ts';
import type { MicrophoneChunkMessage } from '../../src/protocol/messages.ts';
import type { Capture, CapturedChunk } from './capture.ts';
import type { MicrophoneFailure, MicrophoneStart, MicrophoneState } from './microphone-state.ts';
import { defaultMicrophoneKey, listMicrophones, mayCapture, openCapture, shouldReopen } from './open-capture.ts';

/** Where the sound goes: to the host. Sequence numbers count from 0 at each `start`, across mutes and device changes. */
interface ChunkChannel {
  post(message: MicrophoneChunkMessage): void;
}

export interface MicrophoneOptions {
  /** Where `microphone.worklet.ts` was built to; the page's `script-src` must allow it. */
  readonly workletUrl: string;
  readonly channel: ChunkChannel;
  /** Called on every change and never twice in a row with the same state. */
  readonly onState: (state: MicrophoneState) => void;
}

/** Who wants a device opened, which decides what a failure means. */
type OpeningCause =
  /** The person: a failure is theirs to see. */
  | 'asked'
  /** A better device came: a failure leaves the one that works. */
  | 'better'
  /** The device in use ended: no other one means that it vanished. */
  | 'ended';

/** A mute shorter than this gets the device back without a pause; a longer one gives it (and its lamp) up. */
const HOLD_WHEN_MUTED_MS = 3_000;
/** An audio context that may run does so within tens of milliseconds; by then it waits for a gesture. */
const GESTURE_WAIT_MS = 500;
/** After a click no gesture is missing: a slow sound system is (Firefox took 1.3 s to open a PulseAudio output). */
const SLOW_START_WAIT_MS = 5_000;

/**
 * The person's microphone. Every opening has an `AbortController` of its own: whoever starts, stops or mutes next aborts
 * it, and a device that is granted after that is released at once.
 */
export class Microphone {
  readonly #options: MicrophoneOptions;
  #wanted: MicrophoneStart | undefined;
  #muted = false;
  #capture: Capture | undefined;
  #opening: AbortController | undefined;
  #failure: MicrophoneFailure | undefined;
  #stopping: Promise<void> = Promise.resolve();
  #watching: AbortController | undefined;
  #defaultKey = '';
  #needsGesture = false;
  #gestureTimer: ReturnType<typeof setTimeout> | undefined;
  #holdTimer: ReturnType<typeof setTimeout> | undefined;
  #nextSequence = 0;
  #state: MicrophoneState = { kind: 'off' };

  constructor(options: MicrophoneOptions) {
    this.#options = options;
  }

  get state(): MicrophoneState {
    return this.#state;
  }

  /**
   * Opens the microphone; not while muted, so `mute` straight after `start` opens nothing until `unmute`. Settles, never
   * rejecting, when it is open, failed or overtaken by another call; `onState` tells which. While already on with other options, the new device is opened before the old one is let go.
   */
  async start(start: MicrophoneStart): Promise<void> {
    const previous = this.#wanted;
    if (previous?.processing === start.processing && previous.deviceId === start.deviceId) return;
    this.#wanted = start;
    if (previous === undefined) {
      this.#failure = undefined;
      this.#muted = false;
      this.#watchDevices();
    }
    this.#publish();
    // The tail of the session before belongs to it.
    await this.#stopping;
    if (this.#wanted !== start) return;
    if (previous === undefined) this.#nextSequence = 0;
    // While muted the device may well be given up: `unmute` opens the new one.
    if (this.#muted && this.#opening === undefined) this.#release();
    else await this.#open(start, 'asked');
  }

  /** Nothing is emitted after this call. The device stays open for a moment, then it is given up. */
  mute(): void {
    if (this.#wanted === undefined || this.#muted) return;
    this.#muted = true;
    this.#capture?.setPaused(true);
    this.#holdTimer = setTimeout(() => {
      this.#release();
    }, HOLD_WHEN_MUTED_MS);
    this.#publish();
  }

  unmute(): void {
    if (this.#wanted === undefined || !this.#muted) return;
    this.#muted = false;
    clearTimeout(this.#holdTimer);
    this.#capture?.setPaused(false);
    this.#publish();
    if (this.#capture === undefined && this.#opening === undefined) void this.#open(this.#wanted, 'asked');
  }

  /** Emits the tail and lets the device go: settles when the track is stopped and the audio context closed. */
  stop(): Promise<void> {
    if (this.#wanted === undefined) {
      this.#failure = undefined;
      this.#publish();
      return this.#stopping;
    }
    this.#wanted = undefined;
    this.#stopping = this.#shutDown();
    return this.#stopping;
  }

  /** Lets everything go at once, without the tail. */
  dispose(): void {
    this.#wanted = undefined;
    this.#failure = undefined;
    this.#quiet();
    this.#release();
    this.#publish();
  }

  async #shutDown(): Promise<void> {
    this.#quiet();
    const capture = this.#capture;
    // A muted microphone has no tail to give.
    await (this.#muted ? capture?.dispose() : capture?.finish());
    if (this.#capture === capture) this.#capture = undefined;
    this.#publish();
  }

  /** Ends every wait and watch. */
  #quiet(): void {
    this.#opening?.abort();
    this.#opening = undefined;
    this.#watching?.abort();
    this.#watching = undefined;
    clearTimeout(this.#holdTimer);
    clearTimeout(this.#gestureTimer);
  }

  /** Gives the device up while `#wanted` stands. */
  #release(): void {
    this.#opening?.abort();
    this.#opening = undefined;
    const capture = this.#capture;
    this.#capture = undefined;
    void capture?.dispose();
    this.#publish();
  }

  async #open(start: MicrophoneStart, cause: OpeningCause): Promise<void> {
    this.#opening?.abort();
    const opening = new AbortController();
    this.#opening = opening;
    const result = await openCapture({
      workletUrl: this.#options.workletUrl,
      processing: start.processing,
      deviceId: start.deviceId,
      signal: opening.signal,
      onChunk: (chunk, from) => this.#emit(chunk, from),
      onChange: (of) => this.#changed(of),
      onEnded: (of) => void this.#ended(of),
      onCrashed: (of) => {
        if (of === this.#capture) this.#fail({ reason: 'worklet', detail: 'The microphone worklet crashed' });
      },
    });
    if (this.#opening !== opening) {
      // Overtaken in the very moment it opened.
      if (result.kind === 'open') void result.capture.dispose();
      return;
    }
    if (result.kind === 'superseded') return;
    this.#opening = undefined;
    if (result.kind === 'failed') {
      this.#refused(result.failure, cause);
      return;
    }
    const before = this.#capture;
    this.#capture = result.capture;
    if (this.#muted) result.capture.setPaused(true);
    void before?.dispose();
    this.#changed(result.capture);
    const microphones = await listMicrophones();
    if (this.#capture === result.capture) this.#defaultKey = defaultMicrophoneKey(microphones);
  }

  #refused(failure: MicrophoneFailure, cause: OpeningCause): void {
    if (cause === 'better' && this.#capture !== undefined) return;
    this.#fail(cause === 'ended' && failure.reason === 'missing' ? { ...failure, reason: 'vanished' } : failure);
  }

  #emit({ pcm16, level }: CapturedChunk, from: Capture): void {
    if (this.#muted || from !== this.#capture) return;
    const sequence = this.#nextSequence;
    this.#nextSequence += Math.ceil(pcm16.byteLength / MICROPHONE_CHUNK_BYTES);
    this.#options.channel.post({ type: 'microphoneChunk', sequence, pcm16: new Uint8Array(pcm16), level });
  }

  #changed(of: Capture): void {
    if (of !== this.#capture) return;
    clearTimeout(this.#gestureTimer);
    this.#needsGesture = false;
    if (!of.running) {
      const wasClicked = navigator.userActivation.hasBeenActive;
      this.#gestureTimer = setTimeout(
        () => {
          this.#needsGesture = true;
          this.#publish();
        },
        wasClicked ? SLOW_START_WAIT_MS : GESTURE_WAIT_MS,
      );
    }
    this.#publish();
  }

  async #ended(of: Capture): Promise<void> {
    if (of !== this.#capture) return;
    const detail = `${of.label || 'The microphone'} ended`;
    this.#release();
    const microphones = await listMicrophones();
    const { wanted, settled } = this.#pursuit();
    if (wanted === undefined || settled) return;
    // Asking again after the permission was taken back would only nag.
    if (microphones.length === 0) this.#fail({ reason: 'vanished', detail });
    else if (!mayCapture(microphones)) this.#fail({ reason: 'denied', detail });
    else await this.#open(wanted, 'ended');
  }

  /** Read anew after an await, where the compiler would still believe what was true before it. */
  #pursuit(): { wanted: MicrophoneStart | undefined; settled: boolean } {
    return {
      wanted: this.#wanted,
      settled: this.#muted || this.#capture !== undefined || this.#opening !== undefined,
    };
  }

  #fail(failure: MicrophoneFailure): void {
    if (this.#wanted === undefined) return;
    this.#failure = failure;
    this.#wanted = undefined;
    this.#quiet();
    this.#release();
  }

  #watchDevices(): void {
    const devices = navigator.mediaDevices as MediaDevices | undefined; // missing in an insecure context
    this.#watching = new AbortController();
    devices?.addEventListener('devicechange', () => void this.#devicesChanged(), { signal: this.#watching.signal });
  }

  async #devicesChanged(): Promise<void> {
    const microphones = await listMicrophones();
    const capture = this.#capture;
    if (this.#wanted === undefined || capture === undefined || this.#opening !== undefined) return;
    const { fallback } = capture;
    const open = { askedDeviceId: this.#wanted.deviceId, fallback, defaultKey: this.#defaultKey };
    if (!shouldReopen(open, microphones)) return;
    if (this.#muted) this.#release();
    else await this.#open(this.#wanted, 'better');
  }

  #publish(): void {
    const state = this.#describe();
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.#options.onState(state);
  }

  #describe(): MicrophoneState {
    const capture = this.#capture;
    if (this.#failure !== undefined) return { kind: 'failed', ...this.#failure };
    if (this.#wanted === undefined) return { kind: 'off' };
    if (this.#muted) return { kind: 'muted', trackHeld: capture !== undefined };
    if (!capture?.running) return { kind: 'starting', needsGesture: this.#needsGesture };
    const { label, deviceId, sampleRateHz, hardwareMuted, fallback } = capture;
    return { kind: 'on', label, deviceId, sampleRateHz, hardwareMuted, fallback };
  }
}
