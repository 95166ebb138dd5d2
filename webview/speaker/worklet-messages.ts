/** Registered name of the speaker's AudioWorkletProcessor. */
export const SPEAKER_PROCESSOR = 'talkthrough-speaker';

/** How far a reply has been played. Sample counts are at 24 kHz, the rate Gemini speaks at. */
export interface PlayedReport {
  readonly reply: number;
  /** Samples of this reply given to the audio output so far; what was repeated to bridge a stall counts once. */
  readonly playedSamples: number;
  /** Samples of this reply that wait. */
  readonly bufferedSamples: number;
  /** How often this reply ran dry before its next chunk came. */
  readonly underruns: number;
  /** What the jitter buffer aims to hold before sound starts. */
  readonly targetMs: number;
  /** No more will be played of this reply: it ended or was flushed. Sent once per reply. */
  readonly final: boolean;
}

/** More than the buffer holds came at once; the newest samples were dropped. */
export interface OverflowReport {
  readonly reply: number;
  readonly droppedSamples: number;
}

/** To the worklet. */
export type SpeakerCommand =
  /** 24 kHz mono PCM16, transferred. */
  | { readonly type: 'chunk'; readonly reply: number; readonly pcm16: ArrayBuffer }
  | { readonly type: 'finish'; readonly reply: number }
  /** `fade`: false while nothing is rendered, so that no rest of the dead reply waits for the context to resume. */
  | { readonly type: 'flush'; readonly throughReply: number; readonly fade: boolean }
  | { readonly type: 'muted'; readonly muted: boolean }
  | { readonly type: 'close' };

/** From the worklet. */
export type SpeakerEvent =
  ({ readonly type: 'played' } & PlayedReport) | ({ readonly type: 'overflow' } & OverflowReport);
