/** Where the meter begins, in dB of full scale: the hiss of a quiet room is about there, speech is 30 dB above it. */
const METER_FLOOR_DB = -60;
/** Steps of 2 dB: finer ones could hardly be told apart on a meter that is a finger wide. */
export const LEVEL_STEPS = 30;

/**
 * How far the meter stands out, from 0 to `LEVEL_STEPS`, in even steps of loudness: the RMS itself would hardly move for a
 * soft voice. Levels of one step look the same, so none but the first has to be told or painted.
 *
 * @param rms of full scale, 0 to 1
 */
export function levelStep(rms: number): number {
  if (!(rms > 0)) return 0;
  const db = 20 * Math.log10(Math.min(rms, 1));
  return Math.round(Math.max(0, 1 - db / METER_FLOOR_DB) * LEVEL_STEPS);
}
