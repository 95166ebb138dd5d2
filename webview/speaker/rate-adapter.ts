import { Resampler } from '../microphone/resampler.ts';
import { REPLY_RATE_HZ } from './playout.ts';

/** Small steps keep the delay between an interruption and its effect small: 1.3 ms. */
const STEP_FRAMES = 32;
/** Larger than any render quantum browsers use today. */
const MAX_QUANTUM_FRAMES = 4096;

export interface Renderer {
  render(output: Float32Array, frames: number): void;
}

/** For browsers that refuse a 24 kHz audio context: renders at 24 kHz and converts to the context's own rate. */
export class RateAdapter implements Renderer {
  readonly #source: Renderer;
  readonly #resampler: Resampler;
  readonly #step = new Float32Array(STEP_FRAMES);
  readonly #ready: Float32Array;
  #readyFrames = 0;

  constructor(source: Renderer, outputRateHz: number) {
    this.#source = source;
    this.#resampler = new Resampler({ inputRateHz: REPLY_RATE_HZ, outputRateHz });
    this.#ready = new Float32Array(MAX_QUANTUM_FRAMES + this.#resampler.maxOutputFrames(STEP_FRAMES));
  }

  render(output: Float32Array, frames: number): void {
    while (this.#readyFrames < frames) {
      this.#source.render(this.#step, STEP_FRAMES);
      this.#readyFrames += this.#resampler.process(this.#step, STEP_FRAMES, this.#ready, this.#readyFrames);
    }
    for (let i = 0; i < frames; i += 1) output[i] = this.#ready[i] ?? 0;
    this.#ready.copyWithin(0, frames, this.#readyFrames);
    this.#readyFrames -= frames;
  }
}
