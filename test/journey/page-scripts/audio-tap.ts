// Runs in every frame before the page's own scripts. Whatever is connected to an AudioContext's destination is also
// connected to a recorder, so that a test hears what a person would; and a microphone to another, so that it knows what
// the browser gave.
import { CaptureRecorders } from '../../sound/page-scripts/capture-recorder.ts';
import {
  AUDIO_TAP_BINDING,
  AUDIO_TAP_MODULE,
  AUDIO_TAP_PROCESSOR,
  type AudioTapMessage,
  CAPTURED_SOUND,
  type CapturedSound,
  type RecorderMessage,
} from './audio-tap-message.ts';

/** The tap of one AudioContext. */
interface ContextTap {
  readonly number: number;
  /** Settles when the recorder can hear; undefined if it cannot be installed. */
  readonly recorder: Promise<AudioWorkletNode | undefined>;
}

const readyRecorders = new WeakMap<BaseAudioContext, AudioWorkletNode>();
const taps = new WeakMap<BaseAudioContext, ContextTap>();
/** Contexts that capture: what they play is nothing, and recording it would only disturb what they hear. */
const capturing = new WeakSet<BaseAudioContext>();
const tapOfWorklet = new WeakMap<AudioWorklet, ContextTap>();
let contexts = 0;

// The native methods, always called with the `this` they were called on.
/* eslint-disable @typescript-eslint/unbound-method */
const connect = AudioNode.prototype.connect;
const disconnect = AudioNode.prototype.disconnect;
const addModule = AudioWorklet.prototype.addModule;
/* eslint-enable @typescript-eslint/unbound-method */

function tell(message: AudioTapMessage): void {
  // The binding is put there by the test process; the type of `window` cannot know it.
  const binding: unknown = Reflect.get(window, AUDIO_TAP_BINDING);
  if (typeof binding === 'function') Reflect.apply(binding, window, [message]);
}

function install(context: AudioContext): void {
  const number = (contexts += 1);
  tell({ kind: 'opened', context: number, sampleRateHz: context.sampleRate });
  const module = new URL(AUDIO_TAP_MODULE, location.origin).href;
  const recorder = Reflect.apply(addModule, context.audioWorklet, [module]).then(
    () => makeRecorder(context, number),
    (error: unknown) => {
      tell({ kind: 'failed', context: number, reason: String(error) });
      return undefined;
    },
  );
  const tap = { number, recorder };
  taps.set(context, tap);
  tapOfWorklet.set(context.audioWorklet, tap);
}

function makeRecorder(context: AudioContext, number: number): AudioWorkletNode {
  const node = new AudioWorkletNode(context, AUDIO_TAP_PROCESSOR, {
    numberOfInputs: 1,
    numberOfOutputs: 0,
    channelCount: 1,
    channelCountMode: 'explicit',
    channelInterpretation: 'speakers',
  });
  node.port.addEventListener('message', (event: MessageEvent<RecorderMessage>) => {
    if (event.data.kind !== 'batch') return;
    const { frame, renderedAtMs, samples } = event.data;
    tell({ kind: 'samples', context: number, frame, renderedAtMs, base64: toBase64(samples) });
  });
  node.port.start();
  readyRecorders.set(context, node);
  return node;
}

const microphones = new CaptureRecorders();

async function capturedSound(): Promise<readonly CapturedSound[]> {
  const captured = await microphones.captured();
  return captured.map(({ sampleRateHz, samples }) => ({ sampleRateHz, base64: toBase64(samples) }));
}

function toBase64(samples: Float32Array): string {
  let binary = '';
  for (const byte of new Uint8Array(samples.buffer)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Has the recorder hand over what it still holds. */
async function flush(context: BaseAudioContext): Promise<void> {
  const recorder = await taps.get(context)?.recorder;
  if (recorder === undefined || context.state === 'closed' || capturing.has(context)) return;
  const { port } = recorder;
  await new Promise<void>((resolve) => {
    const heard = (event: MessageEvent<RecorderMessage>): void => {
      if (event.data.kind !== 'flushed') return;
      port.removeEventListener('message', heard);
      resolve();
    };
    port.addEventListener('message', heard);
    port.postMessage('flush');
  });
}

class TappedAudioContext extends AudioContext {
  constructor(options?: AudioContextOptions) {
    super(options);
    install(this);
  }

  override createMediaStreamSource(stream: MediaStream): MediaStreamAudioSourceNode {
    capturing.add(this);
    readyRecorders.get(this)?.port.postMessage('stop');
    const source = super.createMediaStreamSource(stream);
    // Not there yet where the page has loaded no worklet: then it does not hear the microphone either.
    if (readyRecorders.has(this)) microphones.record(source);
    return source;
  }

  override async suspend(): Promise<void> {
    await super.suspend();
    await flush(this);
  }

  override async close(): Promise<void> {
    await flush(this);
    await super.close();
    const number = taps.get(this)?.number;
    if (number !== undefined) tell({ kind: 'closed', context: number });
  }
}
Object.defineProperty(TappedAudioContext, 'name', { value: 'AudioContext' });

// A page's own worklet waits for the recorder's, so that no sample of it is rendered before the recorder hears.
AudioWorklet.prototype.addModule = async function (...args: Parameters<AudioWorklet['addModule']>): Promise<void> {
  await tapOfWorklet.get(this)?.recorder;
  await Reflect.apply(addModule, this, args);
};

/** Lets `then` have the recorder: at once when it is there already, so that connections keep their order. */
function withRecorder(destination: unknown, then: (recorder: AudioWorkletNode) => void): void {
  if (!(destination instanceof AudioDestinationNode) || capturing.has(destination.context)) return;
  const ready = readyRecorders.get(destination.context);
  if (ready !== undefined) {
    then(ready);
    return;
  }
  void taps.get(destination.context)?.recorder.then((recorder) => {
    if (recorder !== undefined) then(recorder);
  });
}

AudioNode.prototype.connect = function (this: AudioNode, ...args: unknown[]): AudioNode {
  const result: unknown = Reflect.apply(connect, this, args);
  withRecorder(args[0], (recorder) => {
    Reflect.apply(connect, this, [recorder, args[1] ?? 0]);
  });
  // The native method returns the destination it was given, or throws.
  return result as AudioNode;
};

AudioNode.prototype.disconnect = function (this: AudioNode, ...args: unknown[]): void {
  Reflect.apply(disconnect, this, args);
  withRecorder(args[0], (recorder) => {
    try {
      Reflect.apply(disconnect, this, [recorder, ...args.slice(1, 2)]);
    } catch {
      // It was never connected to the recorder, or is disconnected already.
    }
  });
};

window.AudioContext = TappedAudioContext;
Reflect.set(window, CAPTURED_SOUND, capturedSound);
