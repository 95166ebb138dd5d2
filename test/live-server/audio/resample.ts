// A band-limited resampler for PCM16: a Kaiser-windowed sinc, evaluated once per phase of the rational ratio.

/** Half the filter's length, in samples of the slower side. 32 with beta 9 gives a stop band near -90 dB. */
const HALF_WIDTH = 32;
const KAISER_BETA = 9;
/** The pass band ends a little early, so that the transition band lies below the Nyquist frequency. */
const ROLL_OFF = 0.94;

/** Modified Bessel function of the first kind, order 0, by its power series. */
function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Taps of one phase: weights for input samples `-reach + 1 .. reach` around the output's position. */
function phaseTaps(fraction: number, reach: number, cutoff: number): Float64Array {
  const taps = new Float64Array(2 * reach);
  let sum = 0;
  for (let k = 0; k < taps.length; k++) {
    const distance = k - reach + 1 - fraction;
    const angle = Math.PI * distance * cutoff;
    const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
    const edge = distance / reach;
    const window = Math.abs(edge) >= 1 ? 0 : besselI0(KAISER_BETA * Math.sqrt(1 - edge * edge)) / besselI0(KAISER_BETA);
    taps[k] = sinc * window;
    sum += sinc * window;
  }
  return taps.map((tap) => tap / sum);
}

/** Resamples a stream block by block; state is kept, so block edges leave no trace. */
export class StreamResampler {
  readonly #step: number;
  readonly #phases: number;
  readonly #reach: number;
  readonly #taps: Float64Array[];
  #input: Float64Array;
  /** Position of the next output sample, in 1/phases of an input sample, counted from the start of #input. */
  #position: number;

  /** @param fromHz,toHz integer sample rates above 0 */
  constructor(fromHz: number, toHz: number) {
    const divisor = greatestCommonDivisor(fromHz, toHz);
    this.#phases = toHz / divisor;
    this.#step = fromHz / divisor;
    const cutoff = ROLL_OFF * Math.min(1, toHz / fromHz);
    this.#reach = Math.ceil(HALF_WIDTH / Math.min(1, toHz / fromHz));
    this.#taps = Array.from({ length: this.#phases }, (_, p) => phaseTaps(p / this.#phases, this.#reach, cutoff));
    this.#input = new Float64Array(this.#reach - 1);
    this.#position = (this.#reach - 1) * this.#phases;
  }

  /** Takes a block and returns what can be computed so far: the filter's half length is held back. */
  push(block: Int16Array): Int16Array {
    const input = new Float64Array(this.#input.length + block.length);
    input.set(this.#input);
    input.set(block, this.#input.length);
    const output: number[] = [];
    let position = this.#position;
    for (; Math.floor(position / this.#phases) + this.#reach < input.length; position += this.#step) {
      const first = Math.floor(position / this.#phases) - this.#reach + 1;
      const taps = this.#taps[position % this.#phases] ?? new Float64Array();
      let sum = 0;
      for (let k = 0; k < taps.length; k++) sum += (taps[k] ?? 0) * (input[first + k] ?? 0);
      output.push(Math.max(-32768, Math.min(32767, Math.round(sum))));
    }
    const keepFrom = Math.max(0, Math.floor(position / this.#phases) - this.#reach + 1);
    this.#input = input.slice(keepFrom);
    this.#position = position - keepFrom * this.#phases;
    return Int16Array.from(output);
  }

  /** Returns what was held back, as if silence followed. */
  flush(): Int16Array {
    return this.push(new Int16Array(this.#reach));
  }
}

/** Resamples a whole recording; the result has `round(length * toHz / fromHz)` samples, aligned with the input. */
export function resample(pcm16: Int16Array, fromHz: number, toHz: number): Int16Array {
  if (fromHz === toHz) return pcm16.slice();
  const resampler = new StreamResampler(fromHz, toHz);
  const head = resampler.push(pcm16);
  const tail = resampler.flush();
  const output = new Int16Array(Math.round((pcm16.length * toHz) / fromHz));
  output.set(head.subarray(0, output.length));
  if (head.length < output.length) output.set(tail.subarray(0, output.length - head.length), head.length);
  return output;
}
