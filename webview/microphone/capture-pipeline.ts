import { levelOf, toPcm16 } from './pcm16.ts';
import { Resampler } from './resampler.ts';

/**
 * What Gemini Live takes (docs/live-api.md, "Sound"): PCM16, little-endian as every machine that runs a browser is,
 * mono.
 */
export const UPLINK_RATE_HZ = 16_000;
/** 20 ms, the short end of the advised 20 to 40 ms (docs/live-api.md, "Sound"). */
export const CHUNK_FRAMES = 320;

/** Called with 640 bytes of PCM16 (fewer for the tail only) and the chunk's RMS level, 0 to 1. */
export type ChunkSink = (pcm16: ArrayBuffer, level: number) => void;

/**
 * From what the device gives (any rate, any number of channels) to 20 ms chunks of 16 kHz mono PCM16.
 * The only allocation is the chunk itself, because it is given away.
 */
export class CapturePipeline {
  readonly #emit: ChunkSink;
  readonly #resampler: Resampler;
  #mono = new Float32Array(128);
  #resampled: Float32Array;
  #chunk = new Int16Array(CHUNK_FRAMES);
  #chunkFrames = 0;

  constructor(inputRateHz: number, emit: ChunkSink) {
    this.#emit = emit;
    this.#resampler = new Resampler({ inputRateHz, outputRateHz: UPLINK_RATE_HZ });
    this.#resampled = new Float32Array(this.#resampler.maxOutputFrames(this.#mono.length));
  }

  /** Takes one render quantum: an array of equally long channels, none when the source is silent. */
  push(channels: readonly Float32Array[]): void {
    const frames = channels[0]?.length ?? 0;
    if (frames > this.#mono.length) {
      // A render quantum is 128 frames today; the Web Audio API allows for other sizes, chosen once per context.
      this.#mono = new Float32Array(frames);
      this.#resampled = new Float32Array(this.#resampler.maxOutputFrames(frames));
    }
    for (let frame = 0; frame < frames; frame += 1) {
      let sum = 0;
      for (const channel of channels) sum += channel[frame] ?? 0;
      // One broken sample must not poison the filter's memory.
      this.#mono[frame] = Number.isFinite(sum) ? sum / channels.length : 0;
    }
    this.#collect(this.#resampler.process(this.#mono, frames, this.#resampled));
  }

  /** Emits all that is still inside, the last chunk as short as it is, and starts anew. */
  flush(): void {
    this.#collect(this.#resampler.flush(this.#resampled));
    if (this.#chunkFrames > 0) this.#give(this.#chunk.slice(0, this.#chunkFrames));
    this.#chunkFrames = 0;
  }

  /** Forgets what is inside: nothing said before a mute may be heard after it. */
  discard(): void {
    this.#resampler.reset();
    this.#chunkFrames = 0;
  }

  #collect(frames: number): void {
    for (let frame = 0; frame < frames; frame += 1) {
      this.#chunk[this.#chunkFrames] = toPcm16(this.#resampled[frame] ?? 0);
      this.#chunkFrames += 1;
      if (this.#chunkFrames === CHUNK_FRAMES) {
        const full = this.#chunk;
        this.#chunk = new Int16Array(CHUNK_FRAMES);
        this.#chunkFrames = 0;
        this.#give(full);
      }
    }
  }

  #give(pcm16: Int16Array<ArrayBuffer>): void {
    this.#emit(pcm16.buffer, levelOf(pcm16));
  }
}
