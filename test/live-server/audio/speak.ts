// Real speech from text, with the time of every word: the server's own voice, and the person's voice in microphone WAVs.
import loadEspeak, { type Synthesiser } from '@echogarden/espeak-ng-emscripten';
import { resample } from './resample.ts';

export interface SpokenWord {
  text: string;
  startSample: number;
  endSample: number;
}

export interface Speech {
  /** Mono. */
  pcm16: Int16Array;
  rateHz: number;
  /** The text split at white space, in order, with samples of `pcm16`; a word's end is where the next begins. */
  words: SpokenWord[];
}

export interface SpeakOptions {
  /** An eSpeak NG voice such as `en-us`, `en` (British), `de`, or one of Gemini's names (`Kore`, …), which differ in pitch. */
  voice?: string;
  /** Of the result; 24,000 unless told. */
  rateHz?: number;
  wordsPerMinute?: number;
}

const DEFAULT_RATE_HZ = 24_000;
const DEFAULT_WORDS_PER_MINUTE = 165;
/** Bounds the memory of a long bench run; a test says the same sentences again and again. */
const CACHE_LIMIT = 200;

interface RawSpeech {
  pcm16: Int16Array;
  rateHz: number;
  /** Milliseconds at which the character at the key (0-based) begins. */
  wordStarts: { character: number; ms: number }[];
}

let synthesiser: Promise<Synthesiser> | undefined;
const cache = new Map<string, Speech>();

function voiceSettings(voice: string): { language: string; pitch: number } {
  if (!/^[A-Z][a-z]+$/.test(voice)) return { language: voice, pitch: 50 };
  // A Gemini voice name: always the same pitch for the same name, spread over 30..70 of eSpeak's 0..100.
  const sum = Array.from(voice).reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return { language: 'en-us', pitch: 30 + (sum % 41) };
}

function synthesise(espeak: Synthesiser, text: string, voice: string, wordsPerMinute: number): RawSpeech {
  const { language, pitch } = voiceSettings(voice);
  if (espeak.set_voice(language) !== 0) throw new Error(`eSpeak NG has no voice ${language}`);
  espeak.set_rate(wordsPerMinute);
  espeak.set_pitch(pitch);
  const blocks: Int16Array[] = [];
  const wordStarts: RawSpeech['wordStarts'] = [];
  espeak.synthesize(text, (block, events) => {
    blocks.push(block);
    for (const event of events) {
      if (event.type === 'word') wordStarts.push({ character: event.text_position - 1, ms: event.audio_position });
    }
    return false;
  });
  const pcm16 = new Int16Array(blocks.reduce((total, block) => total + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    pcm16.set(block, at);
    at += block.length;
  }
  return { pcm16, rateHz: espeak.get_samplerate(), wordStarts };
}

/**
 * eSpeak merges words (`in the` is one to it) and splits others (`42` is two): a written word takes the first event inside
 * it, and one without an event of its own is placed between its neighbours by its letters.
 */
function timeWords(text: string, raw: RawSpeech, rateHz: number, totalSamples: number): SpokenWord[] {
  const written = Array.from(text.matchAll(/\S+/g), (match) => ({ text: match[0], from: match.index }));
  const anchors: { from: number; sample: number }[] = [];
  for (const { text: word, from } of written) {
    const event = raw.wordStarts.find(({ character }) => character >= from && character < from + word.length);
    const sample = event === undefined ? -1 : Math.round((event.ms * rateHz) / 1000);
    const isFirst = anchors.length === 0;
    if (isFirst || (sample > (anchors.at(-1)?.sample ?? 0) && sample < totalSamples)) {
      anchors.push({ from, sample: isFirst ? Math.max(0, sample) : sample });
    }
  }
  anchors.push({ from: text.length, sample: totalSamples });
  const starts = written.map(({ from }) => {
    const next = anchors.findIndex((anchor) => anchor.from > from);
    const [before, after] = [anchors[next - 1], anchors[next]];
    if (!before || !after) return 0;
    const share = (from - before.from) / (after.from - before.from);
    return Math.round(before.sample + share * (after.sample - before.sample));
  });
  return written.map(({ text: word }, index) => ({
    text: word,
    startSample: starts[index] ?? 0,
    endSample: starts[index + 1] ?? totalSamples,
  }));
}

/**
 * Synthesises `text`. The same arguments give the same samples.
 * @throws if eSpeak NG does not know the voice
 */
export async function speak(text: string, options: SpeakOptions = {}): Promise<Speech> {
  const { voice = 'en-us', rateHz = DEFAULT_RATE_HZ, wordsPerMinute = DEFAULT_WORDS_PER_MINUTE } = options;
  const key = JSON.stringify([text, voice, rateHz, wordsPerMinute]);
  const known = cache.get(key);
  if (known) return known;
  synthesiser ??= loadEspeak().then((module) => new module.eSpeakNGWorker());
  const raw = synthesise(await synthesiser, text, voice, wordsPerMinute);
  const pcm16 = resample(raw.pcm16, raw.rateHz, rateHz);
  const speech = { pcm16, rateHz, words: timeWords(text, raw, rateHz, pcm16.length) };
  if (cache.size >= CACHE_LIMIT) cache.delete(cache.keys().next().value ?? '');
  cache.set(key, speech);
  return speech;
}
