import type { SampleQueue } from './sample-queue.ts';

/** 5 ms: the seam between what was to come and what is said again. Also what must always be held back to make one. */
export const SEAM_SAMPLES = 120;
/** 10 to 20 ms hold a whole number of pitch periods of any voice from 100 Hz up (and one of a deeper voice). */
const MIN_BACK_SAMPLES = 240;
const MAX_BACK_SAMPLES = 480;
/** The oldest sample that a seam may reach for. */
export const HISTORY_SAMPLES = MAX_BACK_SAMPLES + SEAM_SAMPLES;

/**
 * Bridges a stall by saying the last pitch periods once more, as voice over IP has long done, instead of falling silent:
 * finds the place in the last 20 ms that sounds most like what is about to be played, and crosses over to it.
 */
export class StallBridge {
  /** The seam to be played by the latest `cross`. */
  readonly seam = new Float32Array(SEAM_SAMPLES);
  readonly #recent = new Float32Array(HISTORY_SAMPLES + SEAM_SAMPLES);
  readonly #fadeIn = Float32Array.from({ length: SEAM_SAMPLES }, (_, i) => {
    return 0.5 - 0.5 * Math.cos((Math.PI * (i + 0.5)) / SEAM_SAMPLES);
  });

  /**
   * Prepares `seam`, to be played in place of the `SEAM_SAMPLES` samples at `position` (which must be there).
   * @returns the position to go on from after the seam, 10 to 20 ms earlier than one would have; or undefined when less
   * than that has been said since `earliest`.
   */
  cross(queue: SampleQueue, position: number, earliest: number): number | undefined {
    const back = Math.min(MAX_BACK_SAMPLES, position - SEAM_SAMPLES - Math.max(earliest, queue.start));
    if (back < MIN_BACK_SAMPLES) return undefined;
    // `recent[now]` is the sample at `position`.
    const now = back + SEAM_SAMPLES;
    queue.read(position - now, this.#recent, 0, now + SEAM_SAMPLES);
    const lag = this.#bestLag(now, back);
    for (let i = 0; i < SEAM_SAMPLES; i += 1) {
      const leaving = this.#recent[now + i] ?? 0;
      const joining = this.#recent[now - lag + i] ?? 0;
      this.seam[i] = leaving + (joining - leaving) * (this.#fadeIn[i] ?? 1);
    }
    return position + SEAM_SAMPLES - lag;
  }

  /** The lag at which 10 ms around `now` correlate best with themselves. About 60 000 multiplications, only in a stall. */
  #bestLag(now: number, maxLag: number): number {
    const recent = this.#recent;
    let best = MIN_BACK_SAMPLES;
    let bestLikeness = -Infinity;
    for (let lag = MIN_BACK_SAMPLES; lag <= maxLag; lag += 1) {
      let product = 0;
      let energy = 1e-9;
      for (let i = now - SEAM_SAMPLES; i < now + SEAM_SAMPLES; i += 1) {
        const past = recent[i - lag] ?? 0;
        product += (recent[i] ?? 0) * past;
        energy += past * past;
      }
      const likeness = product / Math.sqrt(energy);
      if (likeness > bestLikeness) {
        bestLikeness = likeness;
        best = lag;
      }
    }
    return best;
  }
}
