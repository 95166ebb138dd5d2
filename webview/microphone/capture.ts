import { failureOf, isDeviceGone } from './capture-failure.ts';
import { policyBlocksMicrophone } from './microphone-policy.ts';
import type { MicrophoneFailure } from './microphone-state.ts';
import { MICROPHONE_PROCESSOR, type MicrophoneCommand, type MicrophoneEvent } from './worklet-messages.ts';

/** 20 ms of PCM16 as the worklet cut it. */
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

export type CaptureResult =
  | { readonly kind: 'open'; readonly capture: Capture }
  | { readonly kind: 'superseded' }
  | { readonly kind: 'failed'; readonly failure: MicrophoneFailure };

/**
 * How much the audio thread renders at once: one chunk. On a machine with several times more to do than it has cores, a
 * third of all 5 s recordings lost or doubled some milliseconds at the usual 10 ms, a tenth at 20 ms.
 */
const RENDER_STEP_SECONDS = 0.02;
/** The tail is a message away; if the audio thread does not answer by then, the device matters more than 20 ms of sound. */
const TAIL_WAIT_MS = 50;

/** Opens a microphone. Never rejects for what a person or a device can cause. */
export async function openCapture(request: CaptureRequest): Promise<CaptureResult> {
  // In an insecure context `mediaDevices` is missing, whatever the DOM types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined || typeof AudioWorkletNode === 'undefined') {
    return { kind: 'failed', failure: { reason: 'unsupported', detail: 'This page has no access to microphones' } };
  }
  if (policyBlocksMicrophone()) {
    return { kind: 'failed', failure: { reason: 'blocked-by-policy', detail: 'Permissions Policy: microphone' } };
  }
  let opened: { stream: MediaStream; fallback: boolean };
  try {
    opened = await openStream(devices, request);
  } catch (error) {
    return isAborted(request.signal) ? { kind: 'superseded' } : { kind: 'failed', failure: failureOf(error) };
  }
  const { stream, fallback } = opened;
  const [track] = stream.getAudioTracks();
  if (track === undefined || isAborted(request.signal)) {
    stopTracks(stream);
    return { kind: 'superseded' };
  }
  let context: AudioContext | undefined;
  try {
    // The device's own rate: a forced one fails in some browsers and corrupts Bluetooth headsets in others.
    context = new AudioContext({ latencyHint: RENDER_STEP_SECONDS });
    await context.audioWorklet.addModule(request.workletUrl);
    if (!isAborted(request.signal)) {
      return { kind: 'open', capture: new Capture(request, stream, track, fallback, context) };
    }
  } catch (error) {
    stopTracks(stream);
    await context?.close();
    return { kind: 'failed', failure: { reason: 'worklet', detail: failureOf(error).detail } };
  }
  stopTracks(stream);
  await context.close();
  return { kind: 'superseded' };
}

/** A function, because a signal aborts during awaits, which the compiler's narrowing does not see. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

async function openStream(devices: MediaDevices, { processing, deviceId }: CaptureRequest) {
  const audio: MediaTrackConstraints = {
    echoCancellation: processing,
    noiseSuppression: processing,
    autoGainControl: processing,
    channelCount: { ideal: 1 },
  };
  if (deviceId !== undefined) {
    try {
      const stream = await devices.getUserMedia({ audio: { ...audio, deviceId: { exact: deviceId } } });
      return { stream, fallback: false };
    } catch (error) {
      if (!isDeviceGone(error)) throw error;
    }
  }
  return { stream: await devices.getUserMedia({ audio }), fallback: deviceId !== undefined };
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

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
