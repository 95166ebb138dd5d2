/** Live models answer in PCM16, mono, at this rate. */
export const REPLY_RATE_HZ = 24_000;

/** Ten minutes: what the loudspeaker's buffer holds. A longer reply is played, but no longer kept. */
const KEPT_BYTES = 600 * REPLY_RATE_HZ * 2;

/** The sound of one reply, as it arrives and as it is heard. All counts are samples at 24 kHz. */
export class ReplyAudio {
  readonly number: number;
  readonly chunks: Uint8Array[] = [];
  #keptBytes = 0;
  #receivedSamples = 0;
  #heardSamples = 0;
  /** How much was heard before the surface that plays it now began; that surface counts from 0. */
  #heardBeforeSurface = 0;
  #ended = false;
  #flushed = false;

  constructor(number: number) {
    this.number = number;
  }

  add(pcm16: Uint8Array): void {
    this.#receivedSamples += pcm16.byteLength / 2;
    if (this.#keptBytes + pcm16.byteLength > KEPT_BYTES) return;
    this.#keptBytes += pcm16.byteLength;
    this.chunks.push(pcm16);
  }

  end(): void {
    this.#ended = true;
  }

  flush(): void {
    this.#flushed = true;
  }

  /** Takes a surface's report; returns how much of the reply was heard in all. */
  played(bySurface: number): number {
    const heard = Math.min(this.#heardBeforeSurface + bySurface, this.#receivedSamples);
    this.#heardSamples = Math.max(this.#heardSamples, heard);
    return this.#heardSamples;
  }

  get received(): number {
    return this.#receivedSamples;
  }

  get isOver(): boolean {
    return this.#flushed || (this.#ended && this.#heardSamples >= this.#receivedSamples);
  }

  get isComplete(): boolean {
    return this.#ended;
  }

  /** What has not been heard yet, for a surface that takes over now. */
  unheardForNextPlayer(): Uint8Array[] {
    this.#heardBeforeSurface = this.#heardSamples;
    const rest: Uint8Array[] = [];
    let skip = this.#heardSamples * 2;
    for (const chunk of this.chunks) {
      if (skip < chunk.byteLength) rest.push(skip > 0 ? chunk.subarray(skip) : chunk);
      skip = Math.max(0, skip - chunk.byteLength);
    }
    return rest;
  }
}
