/** One low-pass filter, sampled at `phaseCount + 1` fractional delays; the last row closes the circle for interpolation. */
export interface PolyphaseFilter {
  readonly phaseCount: number;
  /** Even. Row `p` starts at `p * tapsPerPhase`. */
  readonly tapsPerPhase: number;
  readonly coefficients: Float32Array;
}

export interface LowPassSpecification {
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
export function designLowPass(specification: LowPassSpecification): PolyphaseFilter {
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
