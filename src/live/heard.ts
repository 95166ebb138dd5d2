import { anchorsOf, START, textLeads, type Anchor, type Fragment } from './anchors.ts';
import type { TimedWord } from './messages.ts';
import { REPLY_RATE_HZ } from './settings.ts';

/**
 * Letters a second of ordinary speech, used until the reply's own pace is known, and more than which nobody speaks. The
 * second pair is for scripts that write a syllable or a word with each sign.
 */
const ALPHABETIC = { usual: 15, fastest: 25 };
const SYLLABIC = { usual: 5, fastest: 10 };
const SYLLABIC_SIGN = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/**
 * The text of one reply, and how much of it has been heard. The service sends text and audio without saying where they
 * meet (unless it times the words), text before its audio or after it. So at each fragment it is noted how far the audio
 * had come: where text leads, a fragment begins there; where audio leads, it ends there. Which of the two it is shows in the
 * fragments' lengths: they fit the audio before them or the audio after them. Between such anchors the pace is taken as
 * even. Whole words only, and never less than was said before.
 */
export class HeardText {
  #text = '';
  #receivedSamples = 0;
  #playedSamples = 0;
  #complete = false;
  #pace = ALPHABETIC;
  readonly #fragments: Fragment[] = [];
  #anchors: readonly Anchor[] = [START];
  #timed: Anchor[] = [];
  #heardLength = 0;
  #segments: Intl.Segments = segmenter.segment('');

  get text(): string {
    return this.#text;
  }

  /** UTF-16 units of `text` that have been heard, 0 to text.length; never shrinks. */
  get heardLength(): number {
    return this.#heardLength;
  }

  /** Samples at 24 kHz that have come and not been played. */
  get unplayedSamples(): number {
    return this.#receivedSamples - this.#playedSamples;
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
    this.#anchors = anchorsOf(this.#fragments, textLeads(this.#fragments, this.#pace.fastest));
    this.#addWords(words, before.length);
    this.#update();
  }

  addAudio(samples: number): void {
    this.#receivedSamples += samples;
  }

  /** No more audio will come: text and audio end together. */
  complete(): void {
    this.#complete = true;
    this.#update();
  }

  /** `playedSamples`: of this reply, from its beginning, at 24 kHz. */
  played(playedSamples: number): void {
    const bounded = Math.min(Math.max(0, Math.floor(playedSamples)), this.#receivedSamples);
    if (!(bounded > this.#playedSamples)) return;
    this.#playedSamples = bounded;
    this.#update();
  }

  /** It was read, not played: all that has come counts. */
  heardAll(): void {
    this.#playedSamples = this.#receivedSamples;
    this.#heardLength = this.#text.length;
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
    if (this.#playedSamples === 0) return;
    const done = this.#complete && this.unplayedSamples === 0;
    const length = done ? this.#text.length : this.#wholeWords(this.#timedLength() ?? this.#pacedLength());
    this.#heardLength = Math.max(this.#heardLength, length);
  }

  /** By timed words, where they are given and fit the audio that came. */
  #timedLength(): number | undefined {
    const last = this.#timed.at(-1);
    if (last === undefined || this.#timed.some(({ samples }, i) => samples < (this.#timed[i - 1]?.samples ?? 0))) {
      return undefined;
    }
    if (this.#complete && last.samples > this.#receivedSamples + REPLY_RATE_HZ / 2) return undefined;
    // Offsets come in milliseconds, so a word that ended with the last sample may seem to end a little after it.
    const heard = this.#timed.findLast(({ samples }) => samples <= this.#playedSamples + REPLY_RATE_HZ / 1000);
    return this.#playedSamples > last.samples ? undefined : (heard?.length ?? 0);
  }

  #pacedLength(): number {
    const played = this.#playedSamples;
    const next = this.#anchors.findIndex(({ samples }) => samples > played);
    const from = this.#anchors.at(next < 0 ? -1 : next - 1) ?? { samples: 0, length: 0 };
    const to = next < 0 ? this.#end(from) : (this.#anchors[next] ?? from);
    const span = to.samples - from.samples;
    const share = span <= 0 ? 0 : Math.min(1, (played - from.samples) / span);
    return from.length + share * (to.length - from.length);
  }

  /** Where the last, still open stretch ends: known when all has come, else guessed from the pace so far. */
  #end(from: Anchor): Anchor {
    const rest = this.#text.length - from.length;
    if (this.#complete) return { samples: this.#receivedSamples, length: this.#text.length };
    const usual = this.#pace.usual / REPLY_RATE_HZ;
    const pace = from.samples > 0 && from.length > 0 ? from.length / from.samples : usual;
    return { samples: from.samples + rest / pace, length: this.#text.length };
  }

  /** Cuts before a word that is not wholly within `length`, and before the blanks there. */
  #wholeWords(length: number): number {
    const at = Math.floor(length + 1e-6);
    if (at >= this.#text.length) return this.#text.length;
    const segment = this.#segments.containing(at);
    return this.#text.slice(0, segment?.index ?? 0).trimEnd().length;
  }
}

/**
 * Joins two fragments of one transcript. They bring their own blanks; only doubled ones are dropped, and one is put
 * between the end of a sentence and the beginning of the next where the service forgot it.
 */
export function stitch(text: string, fragment: string): string {
  if (text === '' || /\s$/.test(text)) return text + fragment.trimStart();
  return /[.!?]$/.test(text) && /^\p{Lu}/u.test(fragment) ? `${text} ${fragment}` : text + fragment;
}
