/** One second at 24 kHz: the step in which memory grows. */
const BLOCK_SAMPLES = 24_000;
/** Ten minutes; a reply of Gemini's ends long before. */
const MAX_BLOCKS = 600;
/** Blocks kept for reuse when a long reply has been played: 1.4 MB. */
const MAX_SPARE_BLOCKS = 30;
const FULL_SCALE = 32_768;

/**
 * A ring of one-second blocks of PCM16, addressed by absolute sample position: the first sample ever appended is 0.
 * Appending costs time in proportion to the samples, everything else is constant; a block is allocated only when a second
 * more has to be held than ever before. Played samples stay readable until `trim`.
 */
export class SampleQueue {
  /** One more than can be waiting, for the block that is being played. */
  readonly #ring = new Array<Int16Array | undefined>(MAX_BLOCKS + 1).fill(undefined);
  readonly #spare: Int16Array[] = [];
  #start = 0;
  #end = 0;

  /** Position of the oldest readable sample. */
  get start(): number {
    return this.#start;
  }

  /** Position that the next appended sample will have. */
  get end(): number {
    return this.#end;
  }

  /** Appends as much as fits. Returns how many samples fitted. */
  append(samples: Int16Array): number {
    const room = (Math.floor(this.#start / BLOCK_SAMPLES) + this.#ring.length) * BLOCK_SAMPLES - this.#end;
    const accepted = Math.min(samples.length, room);
    for (let taken = 0; taken < accepted;) {
      const within = this.#end % BLOCK_SAMPLES;
      const count = Math.min(accepted - taken, BLOCK_SAMPLES - within);
      this.#blockFor(this.#end).set(samples.subarray(taken, taken + count), within);
      this.#end += count;
      taken += count;
    }
    return accepted;
  }

  /** Writes `count` samples from `position` on to `output`, scaled to -1 … 1. They must lie between `start` and `end`. */
  read(position: number, output: Float32Array, offset: number, count: number): void {
    for (let done = 0; done < count;) {
      const within = (position + done) % BLOCK_SAMPLES;
      const run = Math.min(count - done, BLOCK_SAMPLES - within);
      const block = this.#blockFor(position + done);
      for (let i = 0; i < run; i += 1) output[offset + done + i] = (block[within + i] ?? 0) / FULL_SCALE;
      done += run;
    }
  }

  /** Lets go of everything before `position`. */
  trim(position: number): void {
    const until = Math.min(position, this.#end);
    for (let block = Math.floor(this.#start / BLOCK_SAMPLES); block < Math.floor(until / BLOCK_SAMPLES); block += 1) {
      const slot = block % this.#ring.length;
      const freed = this.#ring[slot];
      this.#ring[slot] = undefined;
      if (freed !== undefined && this.#spare.length < MAX_SPARE_BLOCKS) this.#spare.push(freed);
    }
    this.#start = Math.max(this.#start, until);
  }

  #blockFor(position: number): Int16Array {
    const slot = Math.floor(position / BLOCK_SAMPLES) % this.#ring.length;
    const block = this.#ring[slot] ?? this.#spare.pop() ?? new Int16Array(BLOCK_SAMPLES);
    this.#ring[slot] = block;
    return block;
  }
}
