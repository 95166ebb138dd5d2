import type { TimedWord } from '../wire/live-event.ts';
import { REPLY_RATE_HZ } from '../settings.ts';

/** Letters a second of ordinary speech, and more than anybody speaks. A syllabic sign is a syllable or a word. */
const ALPHABETIC = { usual: 15, fastest: 25 };
const SYLLABIC = { usual: 5, fastest: 10 };
const SYLLABIC_SIGN = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/**
 * The text of one reply, and how much of it was heard. The service rarely says where text and audio meet. So each
 * fragment notes how far the audio had come: it begins there where text leads, and ends there where audio leads.
 * Between these points the pace counts as even.
 */
export class HeardText {
  #text = '';
  #receivedSamples = 0;
  /** As reported by whoever plays. */
  #playedSamples = 0;
  /** Stretches that nobody was to play, in order. */
  readonly #silent: { readonly from: number; to: number }[] = [];
  #complete = false;
  #pace = ALPHABETIC;
  readonly #fragments: Fragment[] = [];
  #alignment: readonly AlignmentPoint[] = [START];
  #timed: AlignmentPoint[] = [];
  #heardLength = 0;
  #segments: Intl.Segments = segmenter.segment('');

  get text(): string {
    return this.#text;
  }

  /** In UTF-16 units of `text`. It never shrinks. */
  get heardLength(): number {
    return this.#heardLength;
  }

  /** Samples at 24 kHz that have not left a loudspeaker. */
  get unplayedSamples(): number {
    return this.#receivedSamples - this.#playedSamples;
  }

  get isAllHeard(): boolean {
    return this.#heardSamples() === this.#receivedSamples;
  }

  get hasAudio(): boolean {
    return this.#receivedSamples > 0;
  }

  addText(fragment: string, words: readonly TimedWord[] = []): void {
    const before = this.#text;
    this.#text = stitch(before, fragment);
    if (this.#text === before) return;
    this.#pace = SYLLABIC_SIGN.test(this.#text) ? SYLLABIC : ALPHABETIC;
    this.#segments = segmenter.segment(this.#text);
    this.#fragments.push({ samples: this.#receivedSamples, from: before.length, to: this.#text.length });
    this.#alignment = alignmentOf(this.#fragments, textLeads(this.#fragments, this.#pace.fastest));
    this.#addWords(words, before.length);
    this.#update();
  }

  /** @param silent nobody plays it: it is read instead */
  addAudio(samples: number, silent = false): void {
    const from = this.#receivedSamples;
    this.#receivedSamples += samples;
    if (!silent) return;
    const last = this.#silent.at(-1);
    if (last?.to === from) last.to = this.#receivedSamples;
    else this.#silent.push({ from, to: this.#receivedSamples });
    this.#update();
  }

  /** No more audio will come, so text and audio end together. */
  complete(): void {
    this.#complete = true;
    this.#update();
  }

  /** @param playedSamples at 24 kHz, from the beginning of this reply */
  played(playedSamples: number): void {
    const bounded = Math.min(Math.max(0, Math.floor(playedSamples)), this.#receivedSamples);
    if (!(bounded > this.#playedSamples)) return;
    this.#playedSamples = bounded;
    this.#update();
  }

  readAll(): void {
    this.#heardLength = this.#text.length;
  }

  /** How far the audio was heard without a gap, across what nobody was to play. */
  #heardSamples(): number {
    let heard = this.#playedSamples;
    for (const { from, to } of this.#silent) if (from <= heard) heard = Math.max(heard, to);
    return heard;
  }

  #addWords(words: readonly TimedWord[], from: number): void {
    let cursor = from;
    for (const { word, endMs } of words) {
      const at = this.#text.indexOf(word, cursor);
      if (at < 0) continue;
      cursor = at + word.length;
      this.#timed.push({ samples: (endMs / 1000) * REPLY_RATE_HZ, length: cursor });
    }
  }

  #update(): void {
    const heard = this.#heardSamples();
    if (heard === 0) return;
    const done = this.#complete && heard === this.#receivedSamples;
    const length = done ? this.#text.length : this.#wholeWords(this.#timedLength(heard) ?? this.#pacedLength(heard));
    this.#heardLength = Math.max(this.#heardLength, length);
  }

  #timedLength(heardSamples: number): number | undefined {
    const last = this.#timed.at(-1);
    if (last === undefined || this.#timed.some(({ samples }, i) => samples < (this.#timed[i - 1]?.samples ?? 0))) {
      return undefined;
    }
    if (this.#complete && last.samples > this.#receivedSamples + REPLY_RATE_HZ / 2) return undefined;
    // Offsets come in milliseconds, so the last word may seem to end a little late.
    const heard = this.#timed.findLast(({ samples }) => samples <= heardSamples + REPLY_RATE_HZ / 1000);
    return heardSamples > last.samples ? undefined : (heard?.length ?? 0);
  }

  #pacedLength(heardSamples: number): number {
    const next = this.#alignment.findIndex(({ samples }) => samples > heardSamples);
    const from = this.#alignment.at(next < 0 ? -1 : next - 1) ?? { samples: 0, length: 0 };
    const to = next < 0 ? this.#end(from) : (this.#alignment[next] ?? from);
    const span = to.samples - from.samples;
    const share = span <= 0 ? 0 : Math.min(1, (heardSamples - from.samples) / span);
    return from.length + share * (to.length - from.length);
  }

  #end(from: AlignmentPoint): AlignmentPoint {
    const rest = this.#text.length - from.length;
    if (this.#complete) return { samples: this.#receivedSamples, length: this.#text.length };
    const usual = this.#pace.usual / REPLY_RATE_HZ;
    const pace = from.samples > 0 && from.length > 0 ? from.length / from.samples : usual;
    return { samples: from.samples + rest / pace, length: this.#text.length };
  }

  /** Cuts before a word that `length` splits, and before the blanks there. */
  #wholeWords(length: number): number {
    const at = Math.floor(length + 1e-6);
    if (at >= this.#text.length) return this.#text.length;
    const segment = this.#segments.containing(at);
    return this.#text.slice(0, segment?.index ?? 0).trimEnd().length;
  }
}

/** Joins two fragments. Drops doubled blanks, and adds one where the service forgot it between two sentences. */
export function stitch(text: string, fragment: string): string {
  if (text === '' || /\s$/.test(text)) return text + fragment.trimStart();
  return /[.!?]$/.test(text) && /^\p{Lu}/u.test(fragment) ? `${text} ${fragment}` : text + fragment;
}

interface AlignmentPoint {
  /** Of the reply's audio, at 24 kHz. */
  readonly samples: number;
  /** UTF-16 units of the reply's text. */
  readonly length: number;
}

interface Fragment {
  readonly samples: number;
  readonly from: number;
  readonly to: number;
}

const START: AlignmentPoint = { samples: 0, length: 0 };

const FEWEST_FRAGMENTS = 8;

/**
 * The first fragment shows whether text leads: it is longer than what the audio could hold. Many fragments show whether
 * their lengths fit the audio after them or before.
 *
 * @param fastest letters a second that nobody exceeds
 */
function textLeads(fragments: readonly Fragment[], fastest: number): boolean {
  const first = fragments[0];
  const last = fragments.at(-1);
  if (first === undefined || last === undefined) return false;
  const atFirst = first.samples < (first.to / fastest) * REPLY_RATE_HZ;
  if (fragments.length < FEWEST_FRAGMENTS || first.samples === 0) return atFirst;
  const samplesPerLetter = last.samples / last.to;
  let misfit = 0;
  fragments.forEach(({ samples, from, to }, i) => {
    const before = fragments[i - 1];
    const after = fragments[i + 1];
    if (before === undefined || after === undefined) return;
    const expected = (to - from) * samplesPerLetter;
    misfit += Math.abs(after.samples - samples - expected) - Math.abs(samples - before.samples - expected);
  });
  return misfit === 0 ? atFirst : misfit < 0;
}

/**
 * The first fragment shows by how much leading text trails its sound. Of two points at one sample the outer one counts.
 */
function alignmentOf(fragments: readonly Fragment[], leads: boolean): AlignmentPoint[] {
  const points: AlignmentPoint[] = [START];
  const lag = fragments[0]?.samples ?? 0;
  fragments.forEach(({ samples, from, to }) => {
    const point = leads ? { samples: samples - lag, length: from } : { samples, length: to };
    if (points.at(-1)?.samples !== point.samples) points.push(point);
    else if (!leads && points.length > 1) points[points.length - 1] = point;
  });
  return points;
}
