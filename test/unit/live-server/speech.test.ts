import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { decodeWav, encodeWav, levelDbfs, resample, speak, timeline } from '../../live-server/index.ts';
import { StreamResampler } from '../../live-server/audio/resample.ts';

const SENTENCE = "What's in the 42 boxes beside the shelf?";

function tone(hz: number, rateHz: number, seconds = 0.5): Int16Array {
  return Int16Array.from({ length: rateHz * seconds }, (_, n) => 16_000 * Math.sin((2 * Math.PI * hz * n) / rateHz));
}

describe('the synthesiser of the tests', () => {
  it('speaks a sentence and knows when each word is heard', async () => {
    const { pcm16, words, rateHz } = await speak(SENTENCE);
    assert.equal(rateHz, 24_000);
    assert.deepEqual(
      words.map(({ text }) => text),
      SENTENCE.split(' '),
    );
    assert.ok(levelDbfs(pcm16) > -30);
    assert.equal(words.at(-1)?.endSample, pcm16.length);
    for (const { text, startSample, endSample } of words) {
      assert.ok(endSample > startSample, `${text} has no length`);
      assert.ok(levelDbfs(pcm16.subarray(startSample, endSample)) > -45, `${text} is silent`);
    }
  });

  it('says the same at every rate', async () => {
    const [fine, coarse] = await Promise.all([speak(SENTENCE), speak(SENTENCE, { rateHz: 16_000 })]);
    assert.ok(Math.abs(fine.pcm16.length / 24_000 - coarse.pcm16.length / 16_000) < 0.001);
  });

  it('has voices that differ, and says which it lacks', async () => {
    const [kore, puck] = await Promise.all([speak('Hello.', { voice: 'Kore' }), speak('Hello.', { voice: 'Puck' })]);
    assert.notDeepEqual(kore.pcm16, puck.pcm16);
    await assert.rejects(speak('Hello.', { voice: 'tlhIngan' }), /no voice tlhIngan/);
  });
});

describe('the resampler of the tests', () => {
  it('keeps a tone that both rates can carry', () => {
    const out = resample(tone(3_000, 22_050), 22_050, 24_000);
    const expected = tone(3_000, 24_000);
    const middle = (pcm16: Int16Array) => pcm16.subarray(2_000, 10_000);
    const error = middle(out).map((sample, n) => sample - (middle(expected)[n] ?? 0));
    assert.ok(levelDbfs(error) < levelDbfs(middle(expected)) - 55);
  });

  it('removes a tone that the lower rate cannot carry', () => {
    const out = resample(tone(11_000, 48_000), 48_000, 16_000);
    assert.ok(levelDbfs(out.subarray(1_000, -1_000)) < levelDbfs(tone(11_000, 48_000)) - 60);
  });

  it('gives the same block by block as in one go', () => {
    const input = tone(440, 44_100);
    const stream = new StreamResampler(44_100, 16_000);
    const blocks: Int16Array[] = [];
    for (let at = 0; at < input.length; at += 441) blocks.push(stream.push(input.subarray(at, at + 441)));
    const joined = timeline(blocks, 16_000);
    assert.ok(joined.length > 7_900);
    assert.deepEqual(joined, resample(input, 44_100, 16_000).subarray(0, joined.length));
  });
});

describe('a WAV file', () => {
  it('is read back as it was written', () => {
    const pcm16 = timeline([tone(440, 16_000, 0.1), 250, tone(880, 16_000, 0.1)], 16_000);
    assert.equal(pcm16.length, 7_200);
    assert.deepEqual(decodeWav(encodeWav({ pcm16, rateHz: 16_000 })), { pcm16, rateHz: 16_000 });
  });

  it('that is none is refused', () => {
    assert.throws(() => decodeWav(Buffer.from('{"error":"not found"}')), /not a WAV file/);
  });
});
