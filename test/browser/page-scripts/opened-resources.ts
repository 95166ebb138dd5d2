import type { MediaStreamConstraintsView, OpenResources } from './audio-harness-contract.ts';
import { Changes } from './changes.ts';

/** Announces every opening and closing. */
export const resourceChanges = new Changes();

const contexts: AudioContext[] = [];
const tracks: MediaStreamTrack[] = [];
const asked: MediaStreamConstraintsView[] = [];

/** Notes every audio context and capture track that anyone opens from now on; they work as ever. */
export function watchResources(): void {
  window.AudioContext = class AudioContext extends window.AudioContext {
    constructor(options?: AudioContextOptions) {
      super(options);
      contexts.push(this);
      this.addEventListener('statechange', () => resourceChanges.announce());
    }
  };
  // Absent in an insecure context, whatever the DOM types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) return;
  const getUserMedia = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    note(constraints?.audio);
    const stream = await getUserMedia(constraints);
    for (const track of stream.getTracks()) {
      tracks.push(track);
      const stop = track.stop.bind(track);
      track.stop = () => {
        stop();
        resourceChanges.announce();
      };
    }
    resourceChanges.announce();
    return stream;
  };
}

function note(audio: boolean | MediaTrackConstraints | undefined): void {
  if (typeof audio !== 'object') return;
  const { deviceId } = audio;
  const exact = typeof deviceId === 'object' && 'exact' in deviceId ? deviceId.exact : undefined;
  asked.push({
    echoCancellation: audio.echoCancellation === true,
    noiseSuppression: audio.noiseSuppression === true,
    autoGainControl: audio.autoGainControl === true,
    deviceId: typeof exact === 'string' ? exact : '',
  });
}

export function openResources(): OpenResources {
  return {
    audioContexts: contexts.filter(({ state }) => state !== 'closed').length,
    liveTracks: tracks.filter(({ readyState }) => readyState === 'live').length,
  };
}

export function openContexts(): readonly AudioContext[] {
  return contexts.filter(({ state }) => state !== 'closed');
}

export function newestTrack(): MediaStreamTrack | undefined {
  return tracks.at(-1);
}

export function askedConstraints(): readonly MediaStreamConstraintsView[] {
  return asked;
}

/** `sinkId` of AudioContext, which not every browser and no DOM typing has. */
interface WithSinkId {
  readonly sinkId?: string | { readonly type: string };
}

/** Where each open audio context plays to. */
export function openOutputs(): readonly (string | undefined)[] {
  return openContexts().map((context: AudioContext & WithSinkId) =>
    typeof context.sinkId === 'object' ? context.sinkId.type : context.sinkId,
  );
}
