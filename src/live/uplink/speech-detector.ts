import { BYTES_PER_SAMPLE, MICROPHONE_RATE_HZ } from '../settings.ts';

const FRAME_MS = 20;
const FRAME_SAMPLES = (MICROPHONE_RATE_HZ * FRAME_MS) / 1000;

/** So many loud frames of the last few begin speech: 100 ms, since clicks and keys are shorter. */
const ONSET_FRAMES = 5;
const ONSET_WINDOW_FRAMES = 7;

/** Decibels above the background. */
const ONSET_ABOVE_FLOOR_DB = 9;
const GOING_ABOVE_FLOOR_DB = 6;

/** Nobody speaks as quietly as this, in decibels below full scale. */
const QUIETEST_ONSET_DBFS = -50;
const QUIETEST_GOING_DBFS = -54;

/** The background is the quietest moment of so long: speech falls to it between words. */
const FLOOR_WINDOW_MS = 3_000;
const FLOOR_STEP_FRAMES = 5;
const FLOOR_STEPS = FLOOR_WINDOW_MS / (FLOOR_STEP_FRAMES * FRAME_MS);

/** The background counts as no louder than this before half a second of it is known. */
const FIRST_FLOOR_DBFS = -45;
const FIRST_FLOOR_STEPS = 5;

/**
 * Hears speech by its energy above a background that it learns: early enough to show the model what the person is about
 * to ask about.
 */
export class SpeechDetector {
  readonly #silenceFrames: number;
  #speaking = false;
  /** The rest of the last chunk, which did not fill a frame. */
  #sum = 0;
  #samples = 0;
  #recent: boolean[] = [];
  #quietFrames = 0;
  #minima: number[] = [];
  #stepMinimum = Infinity;
  #stepFrames = 0;

  /** @param silenceMs of quiet that ends speech */
  constructor(silenceMs: number) {
    this.#silenceFrames = Math.max(1, Math.round(silenceMs / FRAME_MS));
  }

  get speaking(): boolean {
    return this.#speaking;
  }

  /**
   * @param pcm16 little-endian, mono, 16 kHz, of any length
   * @returns each change in order: true where speech begins, false where it ends
   */
  push(pcm16: Uint8Array): boolean[] {
    const view = new DataView(pcm16.buffer, pcm16.byteOffset, pcm16.byteLength);
    const changes: boolean[] = [];
    for (let at = 0; at + BYTES_PER_SAMPLE <= view.byteLength; at += BYTES_PER_SAMPLE) {
      const sample = view.getInt16(at, true);
      this.#sum += sample * sample;
      this.#samples += 1;
      if (this.#samples < FRAME_SAMPLES) continue;
      const before = this.#speaking;
      this.#judge(10 * Math.log10(this.#sum / FRAME_SAMPLES / 2 ** 30 + 1e-10));
      this.#sum = 0;
      this.#samples = 0;
      if (this.#speaking !== before) changes.push(this.#speaking);
    }
    return changes;
  }

  /** The microphone pauses, which ends speech. @returns as `push` does */
  pause(): boolean[] {
    const wasSpeaking = this.#speaking;
    this.#end();
    return wasSpeaking ? [false] : [];
  }

  #judge(levelDbfs: number): void {
    const floorDbfs = this.#learn(levelDbfs);
    if (this.#speaking) {
      const goesOn = levelDbfs > Math.max(floorDbfs + GOING_ABOVE_FLOOR_DB, QUIETEST_GOING_DBFS);
      this.#quietFrames = goesOn ? 0 : this.#quietFrames + 1;
      if (this.#quietFrames >= this.#silenceFrames) this.#end();
      return;
    }
    this.#recent.push(levelDbfs > Math.max(floorDbfs + ONSET_ABOVE_FLOOR_DB, QUIETEST_ONSET_DBFS));
    if (this.#recent.length > ONSET_WINDOW_FRAMES) this.#recent.shift();
    if (this.#recent.filter(Boolean).length < ONSET_FRAMES) return;
    this.#speaking = true;
    this.#quietFrames = 0;
  }

  #end(): void {
    this.#speaking = false;
    this.#recent = [];
    this.#quietFrames = 0;
  }

  /** @returns the background, dBFS */
  #learn(levelDbfs: number): number {
    this.#stepMinimum = Math.min(this.#stepMinimum, levelDbfs);
    this.#stepFrames += 1;
    const assumed = this.#minima.length < FIRST_FLOOR_STEPS ? FIRST_FLOOR_DBFS : Infinity;
    const floorDbfs = Math.min(assumed, this.#stepMinimum, ...this.#minima);
    if (this.#stepFrames === FLOOR_STEP_FRAMES) {
      this.#minima.push(this.#stepMinimum);
      if (this.#minima.length > FLOOR_STEPS) this.#minima.shift();
      this.#stepMinimum = Infinity;
      this.#stepFrames = 0;
    }
    return floorDbfs;
  }
}
