/**
 * Frames are a second apart. Only that they do not come faster is asked here, of several together: a busy machine makes
 * them fewer, and one that was on its way for long seems to have been captured later than it was.
 */
export const LEAST_GAP_MS = 800;

/** @param timesMs at least two, in order */
export function meanGapMs(timesMs: readonly number[]): number {
  return ((timesMs.at(-1) ?? NaN) - (timesMs[0] ?? NaN)) / (timesMs.length - 1);
}
