/** What the tap inside a page tells the test process. Imported by both sides. */
export type AudioTapMessage =
  | {
      readonly kind: 'opened';
      /** Numbers the AudioContexts of one frame from 1. */
      readonly context: number;
      readonly sampleRateHz: number;
    }
  | {
      readonly kind: 'samples';
      readonly context: number;
      /** Index of the first sample, counted by the context's own clock. */
      readonly frame: number;
      /** Wall clock when the last sample of this message was rendered, in ms since 1970. */
      readonly renderedAtMs: number;
      /** Little-endian float32 mono samples, base64. */
      readonly base64: string;
    }
  | {
      readonly kind: 'closed';
      readonly context: number;
    }
  | {
      /** The recorder could not be installed; nothing of this context is heard. */
      readonly kind: 'failed';
      readonly context: number;
      readonly reason: string;
    };

/** The function the test process offers to every frame. */
export const AUDIO_TAP_BINDING = '__talkthroughAudioTap';

/** Where every frame finds the recorder, on its own origin, so that its own content security policy stays in force. */
export const AUDIO_TAP_MODULE = '/__talkthrough-audio-tap.js';

/** Name of the recorder's processor. */
export const AUDIO_TAP_PROCESSOR = 'talkthrough-audio-tap';

/** What the recorder posts for each batch; `samples` is transferred. A flush is answered by `flushed`. */
export type RecorderMessage =
  | { readonly kind: 'batch'; readonly frame: number; readonly renderedAtMs: number; readonly samples: Float32Array }
  | { readonly kind: 'flushed' };

/** The function of a frame that tells what its microphones gave, in the order in which they were opened. */
export const CAPTURED_SOUND = '__talkthroughCapturedSound';

/** What a microphone gave to one AudioContext: mono, at the context's rate. */
export interface CapturedSound {
  readonly sampleRateHz: number;
  /** Little-endian float32, base64. */
  readonly base64: string;
}
