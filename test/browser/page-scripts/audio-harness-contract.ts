import type { MicrophoneStart, MicrophoneState } from '../../../webview/microphone/microphone-state.ts';
import type { DeviceChange, SpeakerFailure } from '../../../webview/speaker/speaker-state.ts';
import type { PlayedReport } from '../../../webview/speaker/worklet-messages.ts';

/** Where the page finds the worklets. */
export const MICROPHONE_WORKLET = 'microphone.worklet.js';
export const SPEAKER_WORKLET = 'speaker.worklet.js';
export const TAP_WORKLET = 'output-tap.worklet.js';
export const TAP_PROCESSOR = 'output-tap';

/** One render quantum as the tap heard it. */
export interface TapBlock {
  /** Of its first sample, by the context's clock. */
  readonly frame: number;
  readonly samples: Float32Array<ArrayBuffer>;
}

/** One thing that is done with the speaker. `atFrame` counts the output's frames from the beginning of the script. */
export type SpeakerStep = { readonly atFrame: number } & (
  | { readonly do: 'enqueue'; readonly reply: number; readonly pcm16Base64: string }
  | { readonly do: 'finish'; readonly reply: number }
  | { readonly do: 'flush'; readonly throughReply: number }
  | { readonly do: 'mute'; readonly muted: boolean }
);

/** What came out of the loudspeaker while a script was played. */
export interface Played {
  readonly sampleRateHz: number;
  /** Float32, base64: every frame rendered since the script began. */
  readonly samplesBase64: string;
  /** For each step, the frame (counted like the samples) that the output had reached when it was done. */
  readonly stepFrames: readonly number[];
  readonly reports: readonly PlayedReport[];
}

export interface Heard {
  readonly sequence: number;
  readonly pcm16Base64: string;
  readonly level: number;
  /** By the page's clock. */
  readonly heardAtMs: number;
}

/** What is open in the page, whoever opened it. */
export interface OpenResources {
  readonly audioContexts: number;
  readonly liveTracks: number;
}

/** What the page does for a test. */
export interface AudioHarness {
  makeSpeaker(): void;
  /** From now on the browser refuses audio contexts at any rate but its own, as some do. */
  refuseSampleRates(): void;
  /** Does the steps when the output's own clock reaches them, until the final report of `untilFinal` plus `tailFrames`. */
  playScript(steps: readonly SpeakerStep[], untilFinal: number, tailFrames: number): Promise<Played>;
  /** Resolves when `onLocked` said so, at once if it was the last thing it said. */
  untilLocked(locked: boolean): Promise<void>;
  /** Adds sound without waiting for anything. */
  enqueue(reply: number, pcm16Base64: string): void;
  finish(reply: number): void;
  flush(throughReply: number): void;
  /** All frames heard so far, once `reply` got its final report and `tailFrames` more were rendered. */
  recordingAfter(reply: number, tailFrames: number): Promise<Played>;
  lockStory(): readonly boolean[];
  speakerFailures(): readonly SpeakerFailure[];
  /** Makes a speaker whose worklet is not there. */
  makeSpeakerWithout(workletUrl: string): Promise<SpeakerFailure>;
  setSpeakerDevice(deviceId: string): Promise<DeviceChange>;
  disposeSpeaker(): Promise<void>;
  /** A click calls `unlock`. */
  unlockOnClick(): void;

  makeMicrophone(workletUrl?: string): void;
  startMicrophone(start: MicrophoneStart): Promise<void>;
  /** Starts, and tells how many milliseconds it took until the first chunk. */
  timeToFirstChunk(start: MicrophoneStart): Promise<number>;
  muteMicrophone(): void;
  unmuteMicrophone(): void;
  /** Stops, and tells how long it took until nothing was open any more. */
  stopMicrophone(): Promise<{ readonly tookMs: number; readonly openAfter: OpenResources }>;
  disposeMicrophone(): void;
  /** Resolves with the state when it is or becomes of this kind. */
  untilMicrophone(kind: MicrophoneState['kind']): Promise<MicrophoneState>;
  /** Resolves when so many chunks were heard since the microphone was made. */
  untilChunks(count: number): Promise<void>;
  chunks(): readonly Heard[];
  /** What the browser gave to the microphone that is open, since it is: float32, base64. */
  capturedMicrophone(): Promise<{ readonly sampleRateHz: number; readonly samplesBase64: string }>;
  /** How much sound came with each message, in order. */
  bytesAtOnce(): readonly number[];
  microphoneStory(): readonly MicrophoneState[];
  openResources(): OpenResources;
  /** Resolves when the mute was long enough for the device to be given up. */
  untilReleased(): Promise<void>;
  /** Resolves when every audio context is closed and every track stopped. */
  untilNothingIsOpen(): Promise<void>;
  /** Resolves when `getUserMedia` has given so many streams and only the newest one is left. */
  untilOpened(count: number): Promise<void>;
  /** Device ids of the microphones. */
  microphoneIds(): Promise<readonly string[]>;
  /** Starts and stops at once, `times` times; resolves when all has settled. */
  startAndStop(times: number): Promise<void>;
  /** Lets the media devices say that they changed. */
  announceDeviceChange(): void;
  /** Moves the switch on the newest device: what a test cannot do to a fake one. */
  setHardwareMuted(muted: boolean): void;
  /** Makes the browser list these microphones from now on. */
  listMicrophones(
    list: readonly { readonly deviceId: string; readonly groupId: string; readonly label: string }[],
  ): void;
  askedConstraints(): readonly MediaStreamConstraintsView[];
  /** Where each open audio context plays to: `none`, or the id of a device. Undefined where the browser does not tell. */
  outputs(): readonly (string | undefined)[];
}

/** The audio part of what `getUserMedia` was asked for. */
export interface MediaStreamConstraintsView {
  readonly echoCancellation: boolean;
  readonly noiseSuppression: boolean;
  readonly autoGainControl: boolean;
  /** Empty: none was asked for. */
  readonly deviceId: string;
}
