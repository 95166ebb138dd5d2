import type { OverflowReport } from './worklet-messages.ts';

/** What keeps the loudspeaker from its work. These are expected; only bugs throw. */
export type SpeakerFailure =
  /** This page cannot play sound through an audio worklet. */
  | { readonly reason: 'unsupported'; readonly detail: string }
  /** The audio worklet could not be loaded or crashed. */
  | { readonly reason: 'worklet'; readonly detail: string }
  /** Ten minutes wait already; the newest samples were dropped, the rest plays on. */
  | ({ readonly reason: 'overflow' } & OverflowReport);

/** Where the sound goes, after `setDevice`. */
export type DeviceChange =
  | { readonly kind: 'set' }
  /** This browser plays on the system's output only. */
  | { readonly kind: 'unsupported' }
  /** The device is gone or not allowed; the output stayed where it was. */
  | { readonly kind: 'refused'; readonly detail: string };
