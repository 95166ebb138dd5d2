import assert from 'node:assert/strict';
import { SpeechDetector } from '../../../src/live/uplink/speech-detector.ts';
import { pcm16ToBytes, silence, speak } from '../../live-server/index.ts';
import { Seeded } from './seeded.ts';

const RATE_HZ = 16_000;
const SILENCE_MS = 700;
const SENTENCE = 'What is missing on this shelf, and where does the long screw go?';

interface Change {
  readonly speaking: boolean;
  /** Of the sound heard until then. */
  readonly atMs: number;
}

/** Hears a recording in the chunks of a microphone. */
function hear(pcm16: Int16Array, detector = new SpeechDetector(SILENCE_MS), chunkSamples = 320): Change[] {
  const changes: Change[] = [];
  for (let at = 0; at < pcm16.length; at += chunkSamples) {
    const chunk = pcm16.subarray(at, at + chunkSamples);
    const atMs = ((at + chunk.length) / RATE_HZ) * 1000;
    for (const speaking of detector.push(pcm16ToBytes(chunk))) changes.push({ speaking, atMs });
  }
  return changes;
}

const joined = (...parts: Int16Array[]) => Int16Array.from(parts.flatMap((part) => [...part]));
const gain = (pcm16: Int16Array, factor: number) => pcm16.map((sample) => Math.round(sample * factor));
const mixed = (a: Int16Array, b: Int16Array) => a.map((sample, at) => sample + (b[at] ?? 0));

describe('the ear for the person', () => {
  let seeded: Seeded;
  let sentence: Int16Array;
  let sentenceMs: number;

  before(async () => {
    seeded = new Seeded();
    console.log(`      seed ${seeded.seed}`);
    ({ pcm16: sentence } = await speak(SENTENCE, { rateHz: RATE_HZ }));
    sentenceMs = (sentence.length / RATE_HZ) * 1000;
  });

  /** Steady noise such as a fan's, dB below full scale. */
  const noise = (ms: number, dbfs: number) => {
    const amplitude = 32_768 * 10 ** (dbfs / 20) * Math.sqrt(3);
    return Int16Array.from({ length: (ms * RATE_HZ) / 1000 }, () => (seeded.next() * 2 - 1) * amplitude);
  };
  const quiet = (ms: number) => silence(ms, RATE_HZ);

  it('hears speech begin within a quarter of a second and end after the silence that ends it', () => {
    const [onset, end, ...more] = hear(joined(quiet(1_000), sentence, quiet(2_000)));
    assert.ok(onset?.speaking === true && onset.atMs > 1_000 && onset.atMs < 1_250, JSON.stringify(onset));
    assert.ok(end?.speaking === false, 'the pauses between words do not end it');
    const overdueMs = end.atMs - (1_000 + sentenceMs + SILENCE_MS);
    assert.ok(Math.abs(overdueMs) < 250, `${Math.round(overdueMs)} ms`);
    assert.deepEqual(more, []);
  });

  for (const [what, dbfs] of [
    ['a quiet room', -60],
    ['a fan', -45],
  ] as const) {
    it(`hears the same in ${what}, and nothing where only that is heard`, () => {
      assert.deepEqual(hear(noise(10_000, dbfs)), []);
      const speech = joined(quiet(2_000), sentence, quiet(3_000));
      const changes = hear(mixed(noise((speech.length / RATE_HZ) * 1000, dbfs), speech));
      assert.deepEqual(
        changes.map(({ speaking }) => speaking),
        [true, false],
      );
      assert.ok((changes[0]?.atMs ?? 0) > 2_000 && (changes[0]?.atMs ?? 0) < 2_400, JSON.stringify(changes));
    });
  }

  it('takes a loud noise that stays for the new background, and hears speech over it', () => {
    const detector = new SpeechDetector(SILENCE_MS);
    hear(joined(quiet(2_000), noise(5_000, -40)), detector);
    assert.equal(detector.speaking, false);
    const [onset] = hear(mixed(noise(sentenceMs, -40), sentence), detector);
    assert.equal(onset?.speaking, true);
  });

  it('does not take a key stroke, a click or nothing at all for speech', () => {
    const click = () => noise(40, -15);
    assert.deepEqual(hear(joined(...Array.from({ length: 10 }, () => joined(quiet(400), click())))), []);
    assert.deepEqual(hear(quiet(5_000)), []);
  });

  it('hears a soft voice, and one that speaks from the first moment', () => {
    const soft = gain(sentence, 0.1);
    assert.equal(hear(joined(quiet(1_000), soft))[0]?.speaking, true);
    const [onset] = hear(sentence);
    assert.ok(onset !== undefined && onset.atMs < 500, JSON.stringify(onset));
  });

  it('ends with the microphone, once', () => {
    const detector = new SpeechDetector(SILENCE_MS);
    hear(joined(quiet(1_000), sentence.subarray(0, 16_000)), detector);
    assert.equal(detector.speaking, true);
    assert.deepEqual(detector.pause(), [false]);
    assert.deepEqual(detector.pause(), []);
  });

  it('does not depend on how the sound is cut into chunks', () => {
    const sound = joined(quiet(1_000), sentence, quiet(1_500));
    const kinds = (chunk: number) => hear(sound, new SpeechDetector(SILENCE_MS), chunk).map(({ speaking }) => speaking);
    for (const chunk of [160, 320, 533, 1_600]) assert.deepEqual(kinds(chunk), [true, false], `${chunk} samples`);
  });
});
