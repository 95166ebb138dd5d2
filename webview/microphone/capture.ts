import { MICROPHONE_PROCESSOR, type MicrophoneCommand, type MicrophoneEvent } from './worklet-messages.ts';

/** Some chunks of 20 ms, as the worklet cut them. */
export type CapturedChunk = Extract<MicrophoneEvent, { type: 'chunk' }>;

export interface CaptureRequest {
  readonly workletUrl: string;
  /** Echo cancellation, noise suppression and automatic gain, all or none. */
  readonly processing: boolean;
  /** Undefined: the default microphone. */
  readonly deviceId: string | undefined;
  /** Aborted when nobody wants the result any more; whatever was opened by then is released at once. */
  readonly signal: AbortSignal;
  readonly onChunk: (chunk: CapturedChunk, from: Capture) => void;
  /** The audio clock runs or stands, or a hardware switch was moved: look at the fields again. */
  readonly onChange: (of: Capture) => void;
  /** The track ended by itself: unplugged, or the permission was taken back. */
  readonly onEnded: (of: Capture) => void;
  /** The worklet crashed. */
  readonly onCrashed: (of: Capture) => void;
}

/** The tail is a message away; if the audio thread does not answer by then, the device matters more than a last word. */
const TAIL_WAIT_MS = 50;

/** One open microphone: its stream, its audio graph, and the duty to close both. */
export class Capture {
  readonly label: string;
  readonly deviceId: string;
  readonly sampleRateHz: number;
  readonly fallback: boolean;
  readonly #stream: MediaStream;
  readonly #track: MediaStreamTrack;
  readonly #context: AudioContext;
  readonly #node: AudioWorkletNode;
  readonly #listening = new AbortController();
  #closing: Promise<void> | undefined;

  constructor(
    request: CaptureRequest,
    stream: MediaStream,
    track: MediaStreamTrack,
    fallback: boolean,
    context: AudioContext,
  ) {
    this.#stream = stream;
    this.#track = track;
    this.#context = context;
    this.fallback = fallback;
    this.label = track.label;
    this.deviceId = track.getSettings().deviceId ?? '';
    this.sampleRateHz = context.sampleRate;
    this.#node = new AudioWorkletNode(context, MICROPHONE_PROCESSOR, { numberOfOutputs: 1, outputChannelCount: [1] });
    // The node writes nothing: the connection only keeps every browser pulling it.
    context.createMediaStreamSource(stream).connect(this.#node).connect(context.destination);
    const { signal } = this.#listening;
    this.#node.port.addEventListener(
      'message',
      // This port's other end is microphone.worklet.ts, which sends nothing but MicrophoneEvent.
      ({ data }: MessageEvent<MicrophoneEvent>) => {
        if (data.type === 'chunk') request.onChunk(data, this);
      },
      { signal },
    );
    this.#node.port.start();
    this.#node.addEventListener('processorerror', () => request.onCrashed(this), { signal });
    track.addEventListener('ended', () => request.onEnded(this), { signal });
    track.addEventListener('mute', () => request.onChange(this), { signal });
    track.addEventListener('unmute', () => request.onChange(this), { signal });
    context.addEventListener('statechange', () => request.onChange(this), { signal });
    for (const gesture of ['pointerdown', 'keydown'] as const) {
      window.addEventListener(gesture, () => this.#wake(), { signal, capture: true });
    }
    this.#wake();
  }

  /** False while the browser holds the audio back. */
  get running(): boolean {
    return this.#context.state === 'running';
  }

  get hardwareMuted(): boolean {
    return this.#track.muted;
  }

  /** Stops or resumes emission; what was half collected is forgotten. */
  setPaused(paused: boolean): void {
    this.#command({ type: paused ? 'pause' : 'resume' });
  }

  /** Emits the tail, then closes everything. */
  async finish(): Promise<void> {
    const { port } = this.#node;
    await new Promise<void>((resolve) => {
      const tooLate = setTimeout(resolve, TAIL_WAIT_MS);
      port.addEventListener('message', ({ data }: MessageEvent<MicrophoneEvent>) => {
        if (data.type !== 'finished') return;
        clearTimeout(tooLate);
        resolve();
      });
      this.#command({ type: 'finish' });
    });
    await this.dispose();
  }

  /** Closes everything at once; nothing is emitted after this call. */
  dispose(): Promise<void> {
    this.#listening.abort();
    stopTracks(this.#stream);
    this.#node.disconnect();
    this.#node.port.close();
    this.#closing ??= this.#context.close();
    return this.#closing;
  }

  #command(command: MicrophoneCommand): void {
    this.#node.port.postMessage(command);
  }

  #wake(): void {
    // Stays pending until a gesture allows it and rejects when the context is closed first: both are seen by `running`.
    if (!this.running) void this.#context.resume().catch(() => undefined);
  }
}

export function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
