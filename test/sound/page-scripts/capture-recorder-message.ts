/** Name of the recorder that hears what a microphone gives. */
export const CAPTURE_RECORDER = 'capture-recorder';

/** What it answers, whatever it is asked: all it has heard, mono. The buffer is transferred. */
export interface CaptureAnswer {
  readonly samples: Float32Array<ArrayBuffer>;
}
