import { Resampler } from './resampler.ts';

/**
 * What Gemini Live takes (docs/live-api.md, "Sound"): PCM16, little-endian as every machine that runs a browser is,
 * mono.
 */
export const UPLINK_RATE_HZ = 16_000;
/** 20 ms, the short end of the advised 20 to 40 ms (docs/live-api.md, "Sound"). */
export const CHUNK_FRAMES = 320;

/**
 * Chunks that leave together. Each message costs the page, VS Code and the extension host about the same, whatever it
 * carries. More at once would be heard as a delay.
 */
export const CHUNKS_AT_ONCE = 2;

/** In a long silence nobody waits for an answer. The first chunk that could be speech takes along what waits. */
export const CHUNKS_AT_ONCE_IN_SILENCE = 16;
/** 5 s, the longest pause that can be set to end what a person says: the end itself is never held back. */
const SILENCE_AFTER_CHUNKS = 250;
/** Nobody speaks into a microphone as quietly as this; -50 dB of full scale, as RMS. */
const SILENCE_BELOW = 10 ** (-50 / 20);

/** Called with PCM16 of some chunks, and the RMS level of the loudest one, 0 to 1. */
export type ChunkSink = (pcm16: ArrayBuffer, level: number) => void;

/**
 * From what the device gives (any rate, any number of channels) to 20 ms chunks of 16 kHz mono PCM16, some at once.
 * The only allocation is what is given away.
 */
export class CapturePipeline {
  readonly #emit: ChunkSink;
  readonly #resampler: Resampler;
  #mono = new Float32Array(128);
  #resampled: Float32Array;
  readonly #waiting = new Int16Array(CHUNKS_AT_ONCE_IN_SILENCE * CHUNK_FRAMES);
  #waitingFrames = 0;
  /** Of the chunks that wait. */
  #loudest = 0;
  /** How many there were since the last one that could have been speech. */
  #silentChunks = 0;

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
    const tailFrames = this.#waitingFrames % CHUNK_FRAMES;
    if (tailFrames > 0) this.#judge(tailFrames);
    if (this.#waitingFrames > 0) this.#give();
  }

  /** Forgets what is inside: nothing said before a mute may be heard after it. */
  discard(): void {
    this.#resampler.reset();
    this.#waitingFrames = 0;
    this.#loudest = 0;
    this.#silentChunks = 0;
  }

  #collect(frames: number): void {
    for (let frame = 0; frame < frames; frame += 1) {
      this.#waiting[this.#waitingFrames] = toPcm16(this.#resampled[frame] ?? 0);
      this.#waitingFrames += 1;
      if (this.#waitingFrames % CHUNK_FRAMES === 0) this.#chunkIsFull();
    }
  }

  #chunkIsFull(): void {
    const level = this.#judge(CHUNK_FRAMES);
    this.#silentChunks = level < SILENCE_BELOW ? this.#silentChunks + 1 : 0;
    const atOnce = this.#silentChunks > SILENCE_AFTER_CHUNKS ? CHUNKS_AT_ONCE_IN_SILENCE : CHUNKS_AT_ONCE;
    if (this.#waitingFrames >= atOnce * CHUNK_FRAMES) this.#give();
  }

  /** How loud the newest frames are. */
  #judge(frames: number): number {
    const level = levelOf(this.#waiting.subarray(this.#waitingFrames - frames, this.#waitingFrames));
    this.#loudest = Math.max(this.#loudest, level);
    return level;
  }

  #give(): void {
    this.#emit(this.#waiting.slice(0, this.#waitingFrames).buffer, this.#loudest);
    this.#waitingFrames = 0;
    this.#loudest = 0;
  }
}

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
