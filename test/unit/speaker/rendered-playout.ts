import { Playout } from '../../../webview/speaker/playout.ts';
import type { OverflowReport, PlayedReport } from '../../../webview/speaker/worklet-messages.ts';

/** Samples in a millisecond of a reply. */
export const MS = 24;
const QUANTUM = 128;

/** The loudspeaker's logic driven by a simulated audio clock, with everything it put out and said. */
export class RenderedPlayout {
  readonly reports: PlayedReport[] = [];
  readonly overflows: OverflowReport[] = [];
  readonly playout = new Playout({
    onPlayed: (report) => this.reports.push(report),
    onOverflow: (report) => this.overflows.push(report),
  });
  readonly #output: number[] = [];

  /** Everything rendered so far, in steps of full scale, as exact integers where nothing was faded. */
  get output(): readonly number[] {
    return this.#output;
  }

  get finals(): readonly PlayedReport[] {
    return this.reports.filter(({ final }) => final);
  }

  /** Renders whole quanta until at least `samples` more came out. Returns the new ones. */
  run(samples: number): readonly number[] {
    const from = this.#output.length;
    const quantum = new Float32Array(QUANTUM);
    while (this.#output.length < from + samples) {
      this.playout.render(quantum, QUANTUM);
      for (const sample of quantum) this.#output.push(sample * 32_768);
    }
    return this.#output.slice(from);
  }

  /** Plays chunks at their times (in samples of the audio clock), finishing the reply with the last. */
  playAt(reply: number, arrivals: readonly { readonly at: number; readonly chunk: Int16Array }[]): void {
    for (const { at, chunk } of arrivals) {
      if (at > this.#output.length) this.run(at - this.#output.length);
      this.playout.enqueue(reply, chunk);
    }
    this.playout.finish(reply);
  }
}

/** A voice-like tone: 140 Hz with three overtones, 24 kHz, never zero for long, always starting at a large sample. */
export function voice(samples: number, from = 0): Int16Array {
  return Int16Array.from({ length: samples }, (_, i) => {
    const phase = (2 * Math.PI * 140 * (i + from)) / 24_000;
    return Math.round(6_000 * (Math.cos(phase) + Math.cos(2 * phase) / 2 + Math.cos(3 * phase) / 3));
  });
}

/** The largest step between neighbours, from the first sound to the last. */
export function steepest(samples: ArrayLike<number>): number {
  const sound = Array.from(samples);
  let steep = 0;
  const last = sound.findLastIndex(isSound);
  for (let i = sound.findIndex(isSound) + 1; i <= last; i += 1) {
    steep = Math.max(steep, Math.abs((sound[i] ?? 0) - (sound[i - 1] ?? 0)));
  }
  return steep;
}

/** Lengths of the runs of silence of 1 ms and more between the first and the last sound. */
export function gaps(samples: readonly number[]): number[] {
  const found: number[] = [];
  let run = 0;
  for (const sample of samples.slice(samples.findIndex(isSound), samples.findLastIndex(isSound) + 1)) {
    if (!isSound(sample)) {
      run += 1;
      continue;
    }
    if (run >= MS) found.push(run);
    run = 0;
  }
  return found;
}

function isSound(sample: number): boolean {
  return Math.abs(sample) >= 1;
}

/** Cuts sound into chunks of `samples`. */
export function cut(sound: Int16Array, samples: number): Int16Array[] {
  const chunks: Int16Array[] = [];
  for (let at = 0; at < sound.length; at += samples) chunks.push(sound.slice(at, at + samples));
  return chunks;
}
