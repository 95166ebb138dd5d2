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

/** One low-pass filter, sampled at `phaseCount + 1` fractional delays; the last row closes the circle for interpolation. */
interface PolyphaseFilter {
  readonly phaseCount: number;
  /** Even. Row `p` starts at `p * tapsPerPhase`. */
  readonly tapsPerPhase: number;
  readonly coefficients: Float32Array;
}

interface LowPassSpecification {
  /** Rate of the samples the taps are applied to. */
  readonly sampleRateHz: number;
  /** Flat below this. */
  readonly passHz: number;
  /** At least `stopBandDb` down above this. */
  readonly stopHz: number;
  /** 21 to 150. */
  readonly stopBandDb: number;
  readonly phaseCount: number;
}

/** Zeroth-order modified Bessel function of the first kind, by its power series; exact to double precision for x < 20. */
function besselI0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-17; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/** Kaiser's own fit of window shape to stop-band attenuation (Kaiser 1974), for more than 50 dB and for 21 to 50 dB. */
function kaiserBeta(stopBandDb: number): number {
  return stopBandDb > 50
    ? 0.1102 * (stopBandDb - 8.7)
    : 0.5842 * (stopBandDb - 21) ** 0.4 + 0.07886 * (stopBandDb - 21);
}

/**
 * Designs a Kaiser-windowed sinc low pass as a polyphase table.
 * Output at input position `i + p / phaseCount` is the dot product of row `p` with the inputs
 * `i - tapsPerPhase / 2 + 1 … i + tapsPerPhase / 2`. Every row sums to exactly one, so a constant stays that constant at
 * every phase.
 */
function designLowPass(specification: LowPassSpecification): PolyphaseFilter {
  const { sampleRateHz, passHz, stopHz, stopBandDb, phaseCount } = specification;
  const beta = kaiserBeta(stopBandDb);
  const transitionRadians = (2 * Math.PI * (stopHz - passHz)) / sampleRateHz;
  const half = Math.ceil((stopBandDb - 8) / (2.285 * transitionRadians) / 2) + 1;
  const tapsPerPhase = 2 * half;
  const cutoff = (passHz + stopHz) / 2 / sampleRateHz;
  const windowScale = 1 / besselI0(beta);
  const coefficients = new Float32Array((phaseCount + 1) * tapsPerPhase);
  const row = new Float64Array(tapsPerPhase);
  for (let phase = 0; phase <= phaseCount; phase += 1) {
    let sum = 0;
    for (let tap = 0; tap < tapsPerPhase; tap += 1) {
      const time = tap - (half - 1) - phase / phaseCount;
      const angle = 2 * Math.PI * cutoff * time;
      const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
      const edge = time / half;
      const window = Math.abs(edge) < 1 ? besselI0(beta * Math.sqrt(1 - edge * edge)) * windowScale : 0;
      const coefficient = sinc * window;
      row[tap] = coefficient;
      sum += coefficient;
    }
    coefficients.set(
      row.map((coefficient) => coefficient / sum),
      phase * tapsPerPhase,
    );
  }
  return { phaseCount, tapsPerPhase, coefficients };
}
