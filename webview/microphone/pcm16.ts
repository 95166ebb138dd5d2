/** Full scale of signed 16-bit audio. Dividing and multiplying by the same number keeps 16-bit sources bit-exact. */
const FULL_SCALE = 32_768;

/**
 * Converts one sample from -1 … 1 to a signed 16-bit integer, rounded to the nearest. What is louder than full scale is
 * clamped, never wrapped: a wrap is a crack heard across the room. Not-a-number becomes silence.
 */
export function toPcm16(sample: number): number {
  if (Number.isNaN(sample)) return 0;
  return Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, Math.round(sample * FULL_SCALE)));
}

/** Root mean square of PCM16 samples as a share of full scale, 0 (silence) to 1 (a full-scale square wave). */
export function levelOf(pcm16: Int16Array): number {
  if (pcm16.length === 0) return 0;
  let sum = 0;
  for (const sample of pcm16) sum += sample * sample;
  return Math.sqrt(sum / pcm16.length) / FULL_SCALE;
}
