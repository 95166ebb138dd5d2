import { REPLY_RATE_HZ } from './playout.ts';
import type { DeviceChange, SpeakerFailure } from './speaker-state.ts';
import { type PlayedReport, SPEAKER_PROCESSOR, type SpeakerCommand, type SpeakerEvent } from './worklet-messages.ts';

export interface SpeakerOptions {
  /** Where `speaker.worklet.ts` was built to; the page's `script-src` must allow it. */
  readonly workletUrl: string;
  /** Every 50 ms of sound, when a reply runs dry, and once (`final`) when it ended or was flushed. */
  readonly onPlayed: (report: PlayedReport) => void;
  /** True: sound waits and the browser wants a click first, see `unlock`. False: it plays, or nothing waits any more. */
  readonly onLocked: (locked: boolean) => void;
  readonly onFailed: (failure: SpeakerFailure) => void;
}

/** `setSinkId` of AudioContext, which not every browser and no DOM typing has. */
interface WithSinkId {
  setSinkId(deviceId: string): Promise<void>;
}

/** Loading the worklet takes a tenth of a second; this is ten minutes of 40 ms chunks, as much as the worklet holds. */
const MAX_EARLY_COMMANDS = 15_000;
/** A context that may run does so within tens of milliseconds; by then it is locked. */
const LOCK_WAIT_MS = 250;

/** Plays replies. Make it before the first chunk is due: opening the output takes the system a moment. */
export class Speaker {
  readonly #options: SpeakerOptions;
  readonly #context: AudioContext | undefined;
  readonly #listening = new AbortController();
  #node: AudioWorkletNode | undefined;
  /** Commands from before the worklet was loaded, in order; undefined when they are not wanted any more. */
  #early: SpeakerCommand[] | undefined = [];
  #closing: Promise<void> | undefined;
  #newestReply = -Infinity;
  #flushedThrough = -Infinity;
  #endedThrough = -Infinity;
  #locked = false;
  #lockTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SpeakerOptions) {
    this.#options = options;
    this.#context = openContext();
    if (this.#context === undefined) {
      this.#early = undefined;
      queueMicrotask(() => options.onFailed({ reason: 'unsupported', detail: 'This page cannot play audio' }));
      return;
    }
    this.#context.addEventListener('statechange', () => this.#checkLock(), { signal: this.#listening.signal });
    void this.#load(this.#context);
  }

  /**
   * Plays 24 kHz mono PCM16 after what `reply` already has. The buffer is transferred: it is empty afterwards. Chunks of a
   * flushed reply are dropped.
   * @throws RangeError on half a sample, or when a later reply has already begun.
   */
  enqueue(reply: number, pcm16: ArrayBuffer): void {
    if (pcm16.byteLength % 2 !== 0) throw new RangeError(`PCM16 of ${pcm16.byteLength} bytes ends in half a sample`);
    if (reply <= this.#flushedThrough) return;
    if (reply < this.#newestReply) throw new RangeError(`Reply ${reply} comes after reply ${this.#newestReply}`);
    this.#newestReply = reply;
    this.#command({ type: 'chunk', reply, pcm16 }, [pcm16]);
    this.#checkLock();
  }

  /** No more will come of `reply`: the rest, however short, is played without waiting for more. */
  finish(reply: number): void {
    if (reply > this.#flushedThrough) this.#command({ type: 'finish', reply });
  }

  /** Interrupts: replies up to `throughReply` fall silent within 8 ms of sound and stay so; later ones are all heard. */
  flush(throughReply: number): void {
    this.#flushedThrough = Math.max(this.#flushedThrough, throughReply);
    this.#command({ type: 'flush', throughReply, fade: this.#context?.state === 'running' });
    this.#checkLock();
  }

  /** Plays on silently, so that captions keep pace. */
  setMuted(muted: boolean): void {
    this.#command({ type: 'muted', muted });
  }

  /** Call it in a click or key press: lets a locked context run. What waits is then heard from its first sample. */
  unlock(): void {
    // Rejects when disposed meanwhile; stays pending while still locked.
    void this.#context?.resume().catch(() => undefined);
  }

  /** Chooses the output by its id from `enumerateDevices`; the empty string is the system's default. */
  async setDevice(deviceId: string): Promise<DeviceChange> {
    const context: (AudioContext & Partial<WithSinkId>) | undefined = this.#context;
    if (context?.setSinkId === undefined) return { kind: 'unsupported' };
    try {
      await context.setSinkId(deviceId);
      return { kind: 'set' };
    } catch (error) {
      return { kind: 'refused', detail: String(error) };
    }
  }

  /** Falls silent and lets the output go. */
  async dispose(): Promise<void> {
    this.#listening.abort();
    clearTimeout(this.#lockTimer);
    this.#command({ type: 'close' });
    this.#early = undefined;
    this.#node?.disconnect();
    this.#node?.port.close();
    this.#node = undefined;
    this.#closing ??= this.#context?.close();
    await this.#closing;
  }

  async #load(context: AudioContext): Promise<void> {
    const { signal } = this.#listening;
    try {
      await context.audioWorklet.addModule(this.#options.workletUrl);
      if (signal.aborted) return;
      const node = new AudioWorkletNode(context, SPEAKER_PROCESSOR, { numberOfInputs: 0, outputChannelCount: [1] });
      node.addEventListener('processorerror', () => this.#fail('The speaker worklet crashed'), { signal });
      // This port's other end is speaker.worklet.ts, which sends nothing but SpeakerEvent.
      node.port.addEventListener('message', ({ data }: MessageEvent<SpeakerEvent>) => this.#hear(data), { signal });
      node.port.start();
      node.connect(context.destination);
      this.#node = node;
    } catch (error) {
      if (!signal.aborted) this.#fail(String(error));
      return;
    }
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const command of early) this.#command(command, command.type === 'chunk' ? [command.pcm16] : []);
  }

  #hear(event: SpeakerEvent): void {
    switch (event.type) {
      case 'played': {
        const { reply, playedSamples, bufferedSamples, underruns, targetMs, final } = event;
        if (final) this.#endedThrough = Math.max(this.#endedThrough, reply);
        this.#options.onPlayed({ reply, playedSamples, bufferedSamples, underruns, targetMs, final });
        return;
      }
      case 'overflow': {
        const { reply, droppedSamples } = event;
        this.#options.onFailed({ reason: 'overflow', reply, droppedSamples });
      }
    }
  }

  #command(command: SpeakerCommand, transfer: Transferable[] = []): void {
    if (this.#node !== undefined) {
      this.#node.port.postMessage(command, transfer);
    } else if (this.#early !== undefined && this.#early.length < MAX_EARLY_COMMANDS) {
      this.#early.push(command);
    } else if (this.#early !== undefined && command.type === 'chunk') {
      const { reply, pcm16 } = command;
      this.#options.onFailed({ reason: 'overflow', reply, droppedSamples: pcm16.byteLength / 2 });
    }
  }

  #fail(detail: string): void {
    this.#early = undefined;
    this.#node?.disconnect();
    this.#node = undefined;
    this.#options.onFailed({ reason: 'worklet', detail });
  }

  /** Sound waits when a reply has begun to come and neither ended nor was flushed. */
  get #soundWaits(): boolean {
    return this.#newestReply > Math.max(this.#flushedThrough, this.#endedThrough);
  }

  #checkLock(): void {
    if (this.#listening.signal.aborted) return;
    if (this.#context?.state === 'running' || !this.#soundWaits) {
      clearTimeout(this.#lockTimer);
      this.#lockTimer = undefined;
      this.#setLocked(false);
      return;
    }
    if (this.#lockTimer !== undefined || this.#locked) return;
    // Perhaps the browser only took a nap, or the page has been clicked since.
    this.unlock();
    this.#lockTimer = setTimeout(() => {
      this.#lockTimer = undefined;
      if (this.#context?.state !== 'running' && this.#soundWaits) this.#setLocked(true);
    }, LOCK_WAIT_MS);
  }

  #setLocked(locked: boolean): void {
    if (locked === this.#locked) return;
    this.#locked = locked;
    this.#options.onLocked(locked);
  }
}

/** At the replies' own rate where the browser allows it, else at the device's, for the worklet to convert. */
function openContext(): AudioContext | undefined {
  if (typeof AudioContext === 'undefined' || typeof AudioWorkletNode === 'undefined') return undefined;
  try {
    return new AudioContext({ sampleRate: REPLY_RATE_HZ, latencyHint: 'interactive' });
  } catch {
    return new AudioContext({ latencyHint: 'interactive' });
  }
}
