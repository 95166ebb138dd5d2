// Finds a known sound in a recording and says how well they agree.

export interface Alignment {
  /** Index in the recording at which the reference begins. */
  readonly offset: number;
  /** Normalised correlation there, -1 to 1; 1 for the same sound at any loudness. */
  readonly correlation: number;
}

/** The coarse search looks at means of so many samples: fine enough for speech, 256 times less work. */
const COARSE = 16;
/** Means blur speech enough to be off by some of its pitch periods; two of the longest, at 24 kHz. */
const REFINED = 600;

/**
 * Where in `recording` the `reference` is, to the sample. Both mono and of the same rate.
 *
 * @param from first offset that is looked at
 * @param to last offset that is looked at; the end of the recording unless told
 */
export function align(reference: Float32Array, recording: Float32Array, from = 0, to = recording.length): Alignment {
  const coarseReference = means(reference);
  const searched = recording.subarray(from, Math.min(recording.length, to + reference.length));
  const coarse = best(coarseReference, means(searched), 0, Number.POSITIVE_INFINITY);
  const around = from + coarse.offset * COARSE;
  return best(reference, recording, around - REFINED, around + REFINED);
}

/** Normalised correlation of the reference with the recording at one offset; what lies outside counts as silence. */
export function correlationAt(reference: Float32Array, recording: Float32Array, offset: number): number {
  let product = 0;
  let referencePower = 0;
  let recordingPower = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const wanted = reference[at] ?? 0;
    const heard = recording[offset + at] ?? 0;
    product += wanted * heard;
    referencePower += wanted * wanted;
    recordingPower += heard * heard;
  }
  return product === 0 ? 0 : product / Math.sqrt(referencePower * recordingPower);
}

export interface Stretch extends Alignment {
  /** Where the stretch begins in the reference. */
  readonly at: number;
}

/**
 * Aligns stretch by stretch, each within `slack` samples of where the whole aligned: sound that was left out, doubled or
 * reordered shows as a stretch with another offset or a low correlation. Stretches that are nearly silent are left out.
 */
export function alignStretches(
  reference: Float32Array,
  recording: Float32Array,
  offset: number,
  length: number,
  slack: number,
): Stretch[] {
  const stretches: Stretch[] = [];
  for (let at = 0; at + length <= reference.length; at += length) {
    const part = reference.subarray(at, at + length);
    if (rms(part) < 0.01) continue;
    const found = best(part, recording, offset + at - slack, offset + at + slack);
    stretches.push({ at, offset: found.offset - at, correlation: found.correlation });
  }
  return stretches;
}

/** The largest difference between reference and recording at that offset. A gap or a click shows here. */
export function largestDifference(reference: Float32Array, recording: Float32Array, offset: number): number {
  return reference.reduce(
    (largest, wanted, at) => Math.max(largest, Math.abs(wanted - (recording[offset + at] ?? 0))),
    0,
  );
}

/** Root mean square; 0 for nothing. */
export function rms(samples: Float32Array): number {
  if (samples.length === 0) return 0;
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

/** PCM16 as floats in -1 to 1. */
export function toFloat(pcm16: Int16Array): Float32Array {
  return Float32Array.from(pcm16, (sample) => sample / 32768);
}

function best(reference: Float32Array, recording: Float32Array, from: number, to: number): Alignment {
  let found: Alignment = { offset: 0, correlation: Number.NEGATIVE_INFINITY };
  const last = Math.min(to, recording.length - 1);
  for (let offset = Math.max(0, from); offset <= last; offset += 1) {
    const correlation = correlationAt(reference, recording, offset);
    if (correlation > found.correlation) found = { offset, correlation };
  }
  return found;
}

function means(samples: Float32Array): Float32Array {
  const coarse = new Float32Array(Math.floor(samples.length / COARSE));
  for (let at = 0; at < coarse.length; at += 1) {
    let sum = 0;
    for (let within = 0; within < COARSE; within += 1) sum += samples[at * COARSE + within] ?? 0;
    coarse[at] = sum / COARSE;
  }
  return coarse;
}
