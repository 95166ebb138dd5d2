import { MICROPHONE_CHUNK_BYTES } from '../../../src/protocol/limits.ts';
import type { MicrophoneChunkMessage } from '../../../src/protocol/messages.ts';
import { Microphone } from '../../../webview/microphone/microphone.ts';
import type { MicrophoneState } from '../../../webview/microphone/microphone-state.ts';
import { CaptureRecorders } from '../../sound/page-scripts/capture-recorder.ts';
import { type AudioHarness, MICROPHONE_WORKLET } from './audio-harness-contract.ts';
import { toBase64 } from './base64.ts';
import { Changes } from './changes.ts';
import { askedConstraints, newestTrack, openOutputs, openResources, resourceChanges } from './opened-resources.ts';

type MicrophonePart =
  | 'makeMicrophone'
  | 'startMicrophone'
  | 'timeToFirstChunk'
  | 'muteMicrophone'
  | 'unmuteMicrophone'
  | 'stopMicrophone'
  | 'disposeMicrophone'
  | 'untilMicrophone'
  | 'untilChunks'
  | 'chunks'
  | 'capturedMicrophone'
  | 'bytesAtOnce'
  | 'microphoneStory'
  | 'openResources'
  | 'untilReleased'
  | 'untilNothingIsOpen'
  | 'untilOpened'
  | 'microphoneIds'
  | 'startAndStop'
  | 'announceDeviceChange'
  | 'setHardwareMuted'
  | 'listMicrophones'
  | 'askedConstraints'
  | 'outputs';

const changes = new Changes();
const chunks: (Omit<MicrophoneChunkMessage, 'type'> & { readonly heardAtMs: number })[] = [];
const bytesAtOnce: number[] = [];
const story: MicrophoneState[] = [];
const recorders = new CaptureRecorders();
let made: Microphone | undefined;

/** From now on, what a microphone gives is recorded too. The tap's worklet, which holds the recorder, is loaded first. */
export function recordMicrophones(): void {
  // The native method, called with the `this` it was called on.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const { createMediaStreamSource } = AudioContext.prototype;
  AudioContext.prototype.createMediaStreamSource = function (stream) {
    const source = Reflect.apply(createMediaStreamSource, this, [stream]);
    recorders.record(source);
    return source;
  };
}

function microphone(): Microphone {
  if (made === undefined) throw new Error('No microphone was made');
  return made;
}

async function untilOpen(count: number): Promise<void> {
  await resourceChanges.until(() => {
    const { audioContexts, liveTracks } = openResources();
    return (audioContexts === count && liveTracks === count) || undefined;
  });
}

/** Chunks travel several at once; each is noted by itself. */
function note({ sequence, pcm16, level }: MicrophoneChunkMessage): void {
  bytesAtOnce.push(pcm16.byteLength);
  for (let at = 0; at < pcm16.byteLength; at += MICROPHONE_CHUNK_BYTES) {
    chunks.push({
      sequence: sequence + at / MICROPHONE_CHUNK_BYTES,
      pcm16: pcm16.slice(at, at + MICROPHONE_CHUNK_BYTES),
      level,
      heardAtMs: performance.now(),
    });
  }
}

export const microphoneHarness: Pick<AudioHarness, MicrophonePart> = {
  makeMicrophone: (workletUrl = MICROPHONE_WORKLET) => {
    made = new Microphone({
      workletUrl,
      channel: {
        post: (chunk) => {
          note(chunk);
          changes.announce();
        },
      },
      onState: (state) => {
        story.push(state);
        changes.announce();
      },
    });
  },
  startMicrophone: (start) => microphone().start(start),
  timeToFirstChunk: async (start) => {
    const before = performance.now();
    await microphone().start(start);
    await changes.until(() => chunks[0]);
    return performance.now() - before;
  },
  muteMicrophone: () => microphone().mute(),
  unmuteMicrophone: () => microphone().unmute(),
  stopMicrophone: async () => {
    const before = performance.now();
    await microphone().stop();
    return { tookMs: performance.now() - before, openAfter: openResources() };
  },
  disposeMicrophone: () => microphone().dispose(),
  untilMicrophone: (kind) => changes.until(() => (microphone().state.kind === kind ? microphone().state : undefined)),
  untilChunks: async (count) => {
    await changes.until(() => chunks.length >= count || undefined);
  },
  chunks: () =>
    chunks.map(({ sequence, pcm16, level, heardAtMs }) => ({
      sequence,
      pcm16Base64: toBase64(new Uint8Array(pcm16)),
      level,
      heardAtMs,
    })),
  capturedMicrophone: async () => {
    const [captured] = await recorders.captured();
    if (captured === undefined) throw new Error('No microphone is open');
    const { sampleRateHz, samples } = captured;
    return { sampleRateHz, samplesBase64: toBase64(new Uint8Array(samples.buffer)) };
  },
  bytesAtOnce: () => bytesAtOnce,
  microphoneStory: () => story,
  openResources,
  untilReleased: async () => {
    await changes.until(() => {
      const { state } = microphone();
      return (state.kind === 'muted' && !state.trackHeld) || undefined;
    });
    await untilOpen(0);
  },
  untilNothingIsOpen: () => untilOpen(0),
  untilOpened: async (count) => {
    await resourceChanges.until(() => askedConstraints().length >= count || undefined);
    await untilOpen(1);
  },
  microphoneIds: async () => {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter(({ kind }) => kind === 'audioinput').map(({ deviceId }) => deviceId);
  },
  startAndStop: async (times) => {
    const settled: Promise<void>[] = [];
    for (let i = 0; i < times; i += 1) {
      settled.push(microphone().start({ processing: i % 2 === 0 }));
      settled.push(microphone().stop());
    }
    await Promise.all(settled);
  },
  announceDeviceChange: () => {
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  },
  setHardwareMuted: (muted) => {
    const track = newestTrack();
    if (track === undefined) throw new Error('No device is open');
    Object.defineProperty(track, 'muted', { value: muted, configurable: true });
    track.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
  },
  listMicrophones: (list) => {
    navigator.mediaDevices.enumerateDevices = () =>
      Promise.resolve(list.map((device) => ({ ...device, kind: 'audioinput', toJSON: () => device })));
  },
  askedConstraints,
  outputs: openOutputs,
};
