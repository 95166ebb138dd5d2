/** How the microphone is wanted. */
export interface MicrophoneStart {
  /** Echo cancellation, noise suppression and automatic gain together. */
  readonly processing: boolean;
  /** As `enumerateDevices` names it. Absent: the default microphone, followed when another becomes the default. */
  readonly deviceId?: string;
}

/** Why there is no sound from the microphone. These are expected; only bugs throw. */
export type MicrophoneFailureReason =
  /** The person, the browser's settings or the operating system said no. */
  | 'denied'
  /** The frame this runs in may never have a microphone: VS Code gives its webviews none. */
  | 'blocked-by-policy'
  /** No microphone is connected. */
  | 'missing'
  /** It is there but cannot be opened, most often because another program holds it. */
  | 'busy'
  /** It was on, then it was unplugged or died, and nothing could take its place. */
  | 'vanished'
  /** This page cannot capture sound at all, for example because it is not a secure context. */
  | 'unsupported'
  /** The audio worklet could not be loaded or crashed. */
  | 'worklet';

export interface MicrophoneFailure {
  readonly reason: MicrophoneFailureReason;
  /** The browser's own words, for the log. */
  readonly detail: string;
}

/** What the microphone is doing, as a person would say it. */
export type MicrophoneState =
  | { readonly kind: 'off' }
  /** Being opened. `needsGesture`: the browser holds the audio back until the person clicks or presses a key. */
  | { readonly kind: 'starting'; readonly needsGesture: boolean }
  | {
      readonly kind: 'on';
      readonly label: string;
      readonly deviceId: string;
      /** Of the audio graph, before resampling. */
      readonly sampleRateHz: number;
      /** A switch on the device or the operating system holds it silent (`track.muted`). */
      readonly hardwareMuted: boolean;
      /** The device asked for is not there; the default one is used instead. */
      readonly fallback: boolean;
    }
  /** `trackHeld`: the device is still open, for a moment, in case the mute was short. */
  | { readonly kind: 'muted'; readonly trackHeld: boolean }
  | ({ readonly kind: 'failed' } & MicrophoneFailure);
