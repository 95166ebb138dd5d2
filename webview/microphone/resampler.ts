import { designLowPass, type PolyphaseFilter } from './windowed-sinc.ts';

/** Measured on the finished filters: aliases of full-scale tones come out at -93 dB or less. */
const STOP_BAND_DB = 90;
/** Flat to nine tenths of the lower Nyquist frequency: 7.2 kHz at 16 kHz, where speech has little left. */
const PASS_SHARE = 0.9;
/** Beyond this many phases (odd device rates such as 47 999 Hz) the table would outgrow the cache; neighbours are interpolated. */
const MAX_EXACT_PHASES = 1024;
/** Linear interpolation between 512 rows errs by (pi / 512)^2 / 8, that is -106 dB: below the stop band. */
const INTERPOLATED_PHASES = 512;
/** Work is done in slices, so that one small buffer serves any block length. */
const SLICE_FRAMES = 1024;

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/**
 * Streaming band-limited resampler for one channel, 8 to 768 kHz on either side.
 *
 * State lives across blocks: any split of the input gives bit-identical output. `process` and `flush` allocate nothing.
 * The filter's delay is compensated: output sample `n` belongs to input time `n / outputRateHz`, so it can only be given
 * out once `lookAheadMs` (3.6 ms from 48 kHz) more input has come. Equal rates pass through untouched.
 */
export class Resampler {
  /** How long the newest input waits inside. */
  readonly lookAheadMs: number;
  readonly #inputRateHz: number;
  readonly #outputRateHz: number;
  /** Per output sample the input position moves on by `wholeStep + partStep / up`. */
  readonly #up: number;
  readonly #wholeStep: number;
  readonly #partStep: number;
  readonly #filter: PolyphaseFilter | undefined;
  readonly #history: Float32Array;
  readonly #silence: Float32Array;
  #filled = 0;
  #cursor = 0;
  #part = 0;

  /** @throws RangeError when a rate is not an integer from 8 000 to 768 000 Hz. */
  constructor(rates: { readonly inputRateHz: number; readonly outputRateHz: number }) {
    for (const rateHz of [rates.inputRateHz, rates.outputRateHz]) {
      if (!Number.isInteger(rateHz) || rateHz < 8_000 || rateHz > 768_000) {
        throw new RangeError(`A sample rate of ${rateHz} Hz cannot be converted`);
      }
    }
    const { inputRateHz, outputRateHz } = rates;
    const divisor = greatestCommonDivisor(inputRateHz, outputRateHz);
    this.#inputRateHz = inputRateHz;
    this.#outputRateHz = outputRateHz;
    this.#up = outputRateHz / divisor;
    const down = inputRateHz / divisor;
    this.#wholeStep = Math.floor(down / this.#up);
    this.#partStep = down % this.#up;
    if (inputRateHz !== outputRateHz) {
      const stopHz = Math.min(inputRateHz, outputRateHz) / 2;
      this.#filter = designLowPass({
        sampleRateHz: inputRateHz,
        passHz: stopHz * PASS_SHARE,
        stopHz,
        stopBandDb: STOP_BAND_DB,
        phaseCount: this.#up <= MAX_EXACT_PHASES ? this.#up : INTERPOLATED_PHASES,
      });
    }
    const taps = this.#filter?.tapsPerPhase ?? 0;
    this.#history = new Float32Array(taps + SLICE_FRAMES);
    this.#silence = new Float32Array(taps / 2);
    this.lookAheadMs = (taps / 2 / inputRateHz) * 1000;
    this.reset();
  }

  /** The most samples that `process` can write for an input of `inputFrames`, and `flush` for none. */
  maxOutputFrames(inputFrames: number): number {
    return Math.ceil(((inputFrames + this.#silence.length) * this.#outputRateHz) / this.#inputRateHz) + 1;
  }

  /**
   * Takes the first `inputFrames` samples of `input`, writes what is ready to `output` from `offset` on.
   * @returns how many samples were written: at most `maxOutputFrames(inputFrames)`, which `output` must have room for.
   */
  process(input: Float32Array, inputFrames: number, output: Float32Array, offset = 0): number {
    if (this.#filter === undefined) {
      for (let i = 0; i < inputFrames; i += 1) output[offset + i] = input[i] ?? 0;
      return inputFrames;
    }
    let written = 0;
    for (let taken = 0; taken < inputFrames;) {
      const frames = Math.min(SLICE_FRAMES, inputFrames - taken, this.#makeRoom());
      for (let i = 0; i < frames; i += 1) this.#history[this.#filled + i] = input[taken + i] ?? 0;
      this.#filled += frames;
      taken += frames;
      written += this.#convolve(this.#filter, output, offset + written);
    }
    return written;
  }

  /** Writes the tail that still waits for input, as if silence followed, and starts anew. Returns samples written. */
  flush(output: Float32Array, offset = 0): number {
    const written = this.process(this.#silence, this.#silence.length, output, offset);
    this.reset();
    return written;
  }

  /** Forgets everything heard. */
  reset(): void {
    this.#history.fill(0);
    // Half a filter of silence before the first sample puts output 0 exactly at input 0.
    this.#filled = Math.max(0, this.#silence.length - 1);
    this.#cursor = 0;
    this.#part = 0;
  }

  #makeRoom(): number {
    this.#history.copyWithin(0, this.#cursor, this.#filled);
    this.#filled -= this.#cursor;
    this.#cursor = 0;
    return this.#history.length - this.#filled;
  }

  #convolve(filter: PolyphaseFilter, output: Float32Array, offset: number): number {
    const { tapsPerPhase, phaseCount } = filter;
    const exact = phaseCount === this.#up;
    let written = 0;
    while (this.#cursor + tapsPerPhase <= this.#filled) {
      const phase = exact ? this.#part : (this.#part * phaseCount) / this.#up;
      const row = Math.floor(phase);
      const blend = phase - row;
      let sample = this.#dot(filter, row);
      if (blend > 0) sample += blend * (this.#dot(filter, row + 1) - sample);
      output[offset + written] = sample;
      written += 1;
      this.#part += this.#partStep;
      this.#cursor += this.#wholeStep;
      if (this.#part >= this.#up) {
        this.#part -= this.#up;
        this.#cursor += 1;
      }
    }
    return written;
  }

  #dot(filter: PolyphaseFilter, row: number): number {
    const { tapsPerPhase, coefficients } = filter;
    const history = this.#history;
    const start = row * tapsPerPhase;
    const cursor = this.#cursor;
    let sum = 0;
    for (let tap = 0; tap < tapsPerPhase; tap += 1) {
      sum += (history[cursor + tap] ?? 0) * (coefficients[start + tap] ?? 0);
    }
    return sum;
  }
}
