/** 8 ms at 24 kHz: no click, and no delay anyone notices. */
const STEP_PER_SAMPLE = 1 / 192;

/** Silences sound without stopping it; leaves every bit as it is while unmuted. */
export class MuteRamp {
  #gain = 1;
  #goal: 0 | 1 = 1;

  /** @param gradually false where nothing sounds that could click */
  set(muted: boolean, gradually: boolean): void {
    this.#goal = muted ? 0 : 1;
    if (!gradually) this.#gain = this.#goal;
  }

  apply(samples: Float32Array, frames: number): void {
    if (this.#gain === 1 && this.#goal === 1) return;
    for (let i = 0; i < frames; i += 1) {
      this.#gain += Math.max(-STEP_PER_SAMPLE, Math.min(STEP_PER_SAMPLE, this.#goal - this.#gain));
      samples[i] = (samples[i] ?? 0) * this.#gain;
    }
  }
}
