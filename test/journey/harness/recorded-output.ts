import type { AudioTapMessage } from '../page-scripts/audio-tap-message.ts';

/** Links a sample to the wall clock. */
export interface ClockMark {
  /** Index after the last sample rendered by then. */
  readonly frame: number;
  /** ms since 1970. */
  readonly renderedAtMs: number;
}

/** What one AudioContext played: mono, at the context's own rate, silence included. */
export class RecordedOutput {
  /** Address of the frame that played, when the context was opened. */
  readonly frameUrl: string;
  readonly sampleRateHz: number;
  /** One for every arrival, in order. */
  readonly marks: ClockMark[] = [];
  /** Index, on the context's clock, of the first recorded sample; undefined before any came. */
  firstFrame: number | undefined;
  /** Samples the context rendered after `firstFrame` that are not here; anything but 0 is a fault of the recorder. */
  lostFrames = 0;
  /** Set when the context could not be recorded. */
  failure: string | undefined;
  closed = false;
  readonly #batches: Float32Array[] = [];
  #length = 0;

  constructor(frameUrl: string, sampleRateHz: number) {
    this.frameUrl = frameUrl;
    this.sampleRateHz = sampleRateHz;
  }

  receive(message: Exclude<AudioTapMessage, { kind: 'opened' }>): void {
    switch (message.kind) {
      case 'samples': {
        this.firstFrame ??= message.frame;
        const expected = this.firstFrame + this.#length + this.lostFrames;
        this.lostFrames += message.frame - expected;
        const bytes = Buffer.from(message.base64, 'base64');
        // Copied, because a Buffer may begin anywhere and floats must not.
        const batch = new Float32Array(new Uint8Array(bytes).buffer);
        this.#batches.push(batch);
        this.#length += batch.length;
        this.marks.push({ frame: message.frame + batch.length, renderedAtMs: message.renderedAtMs });
        return;
      }
      case 'closed':
        this.closed = true;
        return;
      case 'failed':
        this.failure = message.reason;
        return;
    }
  }

  /** Recorded samples, in -1 … 1. */
  get length(): number {
    return this.#length;
  }

  /** Everything recorded so far, from `firstFrame` on, as one array of its own. */
  samples(): Float32Array {
    const all = new Float32Array(this.#length);
    let at = 0;
    for (const batch of this.#batches) {
      all.set(batch, at);
      at += batch.length;
    }
    return all;
  }

  /** Wall clock (ms since 1970) when sample `index` of `samples()` was rendered; good to about 5 ms. */
  renderedAtMs(index: number): number {
    const frame = (this.firstFrame ?? 0) + index;
    const mark = this.marks.find((candidate) => candidate.frame > frame) ?? this.marks.at(-1);
    if (mark === undefined) throw new Error('Nothing was recorded.');
    return mark.renderedAtMs - ((mark.frame - frame) / this.sampleRateHz) * 1000;
  }

  /** Wall clock (ms since 1970) of the first recorded sample. */
  get startedAtMs(): number {
    return this.renderedAtMs(0);
  }

  /** Largest magnitude among the last `durationMs`, 0 … 1; 0 when nothing was recorded. */
  recentPeak(durationMs: number): number {
    let wanted = Math.round((durationMs / 1000) * this.sampleRateHz);
    let peak = 0;
    for (let batch = this.#batches.length - 1; batch >= 0 && wanted > 0; batch -= 1) {
      const samples = this.#batches[batch]?.slice(-wanted) ?? [];
      for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
      wanted -= samples.length;
    }
    return peak;
  }

  summary(): string {
    const seconds = (this.#length / this.sampleRateHz).toFixed(2);
    const trouble = this.failure === undefined ? '' : `, not recorded: ${this.failure}`;
    return `${seconds} s at ${this.sampleRateHz} Hz, peak ${this.recentPeak(Infinity).toFixed(3)}, ${this.lostFrames} lost${trouble}`;
  }
}
