import { CAPTURE_RECORDER, type CaptureAnswer } from './capture-recorder-message.ts';

/** As much as it keeps: a minute at 48 kHz. */
const KEPT_FRAMES = 2_880_000;

/** Keeps what a microphone gives and tells it only when it is asked: meanwhile it costs next to nothing. */
class CaptureRecorder extends AudioWorkletProcessor {
  readonly #samples = new Float32Array(KEPT_FRAMES);
  #filled = 0;

  constructor() {
    super();
    this.port.onmessage = () => {
      const answer: CaptureAnswer = { samples: this.#samples.slice(0, this.#filled) };
      this.port.postMessage(answer, [answer.samples.buffer]);
    };
  }

  process(inputs: Float32Array[][]): boolean {
    const input = inputs[0]?.[0];
    const frames = input?.length ?? 128;
    if (this.#filled + frames > KEPT_FRAMES) return false;
    if (input !== undefined) this.#samples.set(input, this.#filled);
    this.#filled += frames;
    return true;
  }
}

registerProcessor(CAPTURE_RECORDER, CaptureRecorder);
