/** Registered name of the microphone's AudioWorkletProcessor. */
export const MICROPHONE_PROCESSOR = 'talkthrough-microphone';

/** To the worklet. */
export type MicrophoneCommand =
  /** Emit nothing and forget what is half collected. */
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  /** Emit the tail, answer `finished`, do no more. */
  | { readonly type: 'finish' };

/** From the worklet. */
export type MicrophoneEvent =
  | {
      readonly type: 'chunk';
      /** Chunks of 320 samples of 16 kHz mono PCM16; the tail may be shorter. */
      readonly pcm16: ArrayBuffer;
      /** RMS of the loudest chunk, 0 to 1. */
      readonly level: number;
    }
  | { readonly type: 'finished' };
