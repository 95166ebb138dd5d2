import assert from 'node:assert/strict';
import { SEED, seededRandom } from '../microphone/seeded-noise.ts';
import { cut, gaps, MS, RenderedPlayout, steepest, voice } from './rendered-playout.ts';

describe('A reply', () => {
  it('is played bit for bit, however its chunks are cut', () => {
    const random = seededRandom(SEED);
    const sound = Int16Array.from({ length: 24_000 * 3 }, () => Math.floor(random() * 65_536) - 32_768);
    const speaker = new RenderedPlayout();
    for (let at = 0; at < sound.length;) {
      const length = 1 + Math.floor(random() * 5_000);
      speaker.playout.enqueue(1, sound.slice(at, at + length));
      at += length;
    }
    speaker.playout.finish(1);
    assert.deepEqual(speaker.run(sound.length).slice(0, sound.length), [...sound], `seed ${SEED}`);
    assert.ok(speaker.run(1_000).every((sample) => sample === 0));
  });

  it('is heard 65 ms after its first chunk when the next ones are slow, and at once when enough came', () => {
    const slow = new RenderedPlayout();
    slow.playout.enqueue(1, voice(40 * MS));
    const heard = slow.run(100 * MS).findIndex((sample) => sample !== 0);
    assert.ok(heard >= 60 * MS && heard <= 71 * MS, `heard after ${heard / MS} ms`);
    const fast = new RenderedPlayout();
    fast.playout.enqueue(1, voice(240 * MS));
    assert.notEqual(fast.run(128)[0], 0);
  });

  it('shorter than the target is heard as soon as it is finished', () => {
    const speaker = new RenderedPlayout();
    const word = voice(20 * MS);
    speaker.playout.enqueue(1, word);
    assert.ok(speaker.run(10 * MS).every((sample) => sample === 0));
    speaker.playout.finish(1);
    assert.deepEqual(speaker.run(word.length).slice(0, word.length), [...word]);
  });

  it('follows the one before without a pause when it waits already', () => {
    const speaker = new RenderedPlayout();
    const sound = voice(400 * MS);
    speaker.playout.enqueue(1, sound.slice(0, 200 * MS));
    speaker.playout.finish(1);
    speaker.playout.enqueue(2, sound.slice(200 * MS));
    speaker.playout.finish(2);
    assert.deepEqual(speaker.run(sound.length + 1).slice(0, sound.length), [...sound]);
    assert.deepEqual(
      speaker.finals.map(({ reply, playedSamples }) => [reply, playedSamples]),
      [
        [1, 200 * MS],
        [2, 200 * MS],
      ],
    );
  });

  it('of minutes that comes in one burst is kept whole; more than ten minutes is reported', () => {
    const speaker = new RenderedPlayout();
    const second = voice(24_000);
    for (let i = 0; i < 600; i += 1) speaker.playout.enqueue(1, second);
    assert.equal(speaker.overflows.length, 0);
    for (let i = 0; i < 5; i += 1) speaker.playout.enqueue(1, second);
    assert.ok(speaker.overflows.reduce((sum, { droppedSamples }) => sum + droppedSamples, 0) >= 4 * 24_000);
    speaker.playout.flush(1, false);
    speaker.playout.enqueue(2, second);
    speaker.playout.finish(2);
    assert.deepEqual(speaker.run(24_000).slice(0, 24_000), [...second]);
  });
});

describe('Late chunks', () => {
  const chunkMs = 40;

  /** 40 ms chunks in real time, each up to 30 ms early or late, and once a second one that holds all up for 100 ms. */
  function jitteredArrivals(sound: Int16Array, random: () => number): { at: number; chunk: Int16Array }[] {
    let last = 0;
    const stallAt = Math.floor(random() * 25);
    return cut(sound, chunkMs * MS).map((chunk, i) => {
      const late = (random() * 2 - 1) * 30 + (i % 25 === stallAt ? 100 : 0);
      last = Math.max(last, Math.round((30 + i * chunkMs + late) * MS));
      return { at: last, chunk };
    });
  }

  it(`are bridged: 4 s of jitter with a 100 ms stall each second has no gap over 20 ms and no click (seed ${SEED})`, () => {
    for (let round = 0; round < 20; round += 1) {
      const sound = voice(4_000 * MS);
      const speaker = new RenderedPlayout();
      speaker.playAt(1, jitteredArrivals(sound, seededRandom(SEED + round)));
      speaker.run(500 * MS);
      const silences = gaps(speaker.output);
      assert.ok(silences.length <= 1, `round ${round}: gaps of ${silences.map((gap) => gap / MS).join(', ')} ms`);
      assert.ok((silences[0] ?? 0) <= 20 * MS, `round ${round}: ${(silences[0] ?? 0) / MS} ms of silence`);
      assert.ok(steepest(speaker.output) <= steepest(sound) * 1.25, `round ${round}: click`);
      assert.equal(speaker.finals[0]?.playedSamples, sound.length);
    }
  });

  it('change nothing as long as the buffer lasts: bit for bit, no underrun', () => {
    const sound = voice(4_000 * MS);
    const speaker = new RenderedPlayout();
    const random = seededRandom(SEED);
    // Three times real time, as the service sends, each up to 30 ms late.
    speaker.playAt(
      1,
      cut(sound, 40 * MS).map((chunk, i) => ({ at: Math.round((i * 13 + random() * 30) * MS), chunk })),
    );
    speaker.run(4_200 * MS);
    const start = speaker.output.findIndex((sample) => sample !== 0);
    assert.deepEqual(speaker.output.slice(start, start + sound.length), [...sound]);
    assert.ok(speaker.reports.every(({ underruns }) => underruns === 0));
  });

  it('after a long stall: fades out, is silent, and fades in with the very next sample', () => {
    const sound = voice(800 * MS);
    const speaker = new RenderedPlayout();
    speaker.playout.enqueue(1, sound.slice(0, 400 * MS));
    speaker.run(1_000 * MS);
    assert.ok(
      speaker.output.slice(-300 * MS).every((sample) => sample === 0),
      'silent while nothing comes',
    );
    speaker.playout.enqueue(1, sound.slice(400 * MS));
    speaker.playout.finish(1);
    speaker.run(450 * MS);
    assert.equal(gaps(speaker.output).length, 1);
    assert.ok(steepest(speaker.output) <= steepest(sound) * 1.25);
    assert.equal(speaker.finals[0]?.playedSamples, sound.length);
    assert.equal(speaker.finals[0].underruns, 1);
  });

  it('raise the target by what was missing; a healthy minute lowers it again', () => {
    const speaker = new RenderedPlayout();
    speaker.playout.enqueue(1, voice(400 * MS));
    speaker.run(500 * MS);
    speaker.playout.enqueue(1, voice(400 * MS));
    speaker.playout.finish(1);
    speaker.run(1_000 * MS);
    const raised = speaker.finals[0]?.targetMs ?? 0;
    assert.ok(raised > 180 && raised <= 220, `${raised} ms`);
    for (let i = 0; i < 60; i += 1) speaker.playout.enqueue(2, voice(24_000));
    speaker.playout.finish(2);
    speaker.run(61_000 * MS);
    assert.ok((speaker.finals[1]?.targetMs ?? Infinity) <= raised - 100);
  });
});

describe('An interruption', () => {
  it('is silence after a fade of 8 ms without a click', () => {
    const speaker = new RenderedPlayout();
    const sound = voice(1_000 * MS);
    speaker.playout.enqueue(1, sound);
    speaker.run(300 * MS);
    speaker.playout.flush(1, true);
    const after = speaker.run(100 * MS);
    const lastSound = after.findLastIndex((sample) => Math.abs(sample) >= 1);
    assert.ok(lastSound > 5 * MS && lastSound <= 8 * MS, `sound until ${lastSound / MS} ms`);
    assert.ok(steepest(speaker.output) <= steepest(sound) * 1.05);
    assert.equal(speaker.finals[0]?.playedSamples, speaker.output.length - after.length + 8 * MS);
  });

  it('lets all of the next reply be heard from its first sample, also when it comes during the fade', () => {
    for (const delay of [0, 3 * MS, 20 * MS]) {
      const speaker = new RenderedPlayout();
      speaker.playout.enqueue(1, voice(1_000 * MS));
      speaker.run(300 * MS);
      speaker.playout.flush(1, true);
      const pause = delay === 0 ? 0 : speaker.run(delay).length;
      const next = voice(240 * MS, 17);
      speaker.playout.enqueue(2, next);
      speaker.playout.finish(2);
      const after = speaker.run(400 * MS);
      const start = Math.max(0, 8 * MS - pause);
      assert.deepEqual(after.slice(start, start + next.length), [...next], `after ${delay / MS} ms`);
    }
  });

  it('keeps late chunks of the dead reply out for ever', () => {
    const speaker = new RenderedPlayout();
    speaker.playout.enqueue(4, voice(500 * MS));
    speaker.run(100 * MS);
    speaker.playout.flush(4, true);
    speaker.run(20 * MS);
    speaker.playout.enqueue(3, voice(100 * MS));
    speaker.playout.enqueue(4, voice(100 * MS));
    speaker.playout.finish(4);
    assert.ok(speaker.run(500 * MS).every((sample) => sample === 0));
    assert.equal(speaker.finals.length, 1);
  });

  it('of queued replies reports each once, and spares those with larger numbers', () => {
    const speaker = new RenderedPlayout();
    for (const reply of [1, 2, 3]) speaker.playout.enqueue(reply, voice(200 * MS));
    speaker.run(50 * MS);
    speaker.playout.flush(2, true);
    speaker.playout.finish(3);
    const after = speaker.run(300 * MS);
    assert.deepEqual(after.slice(8 * MS, 208 * MS), [...voice(200 * MS)]);
    assert.deepEqual(
      speaker.finals.map(({ reply }) => reply),
      [1, 2, 3],
    );
    assert.equal(speaker.finals[1]?.playedSamples, 0);
    assert.equal(speaker.finals[2]?.playedSamples, 200 * MS);
  });

  it('in the middle of a stall is quiet within 8 ms, too', () => {
    const speaker = new RenderedPlayout();
    speaker.playout.enqueue(1, voice(200 * MS));
    speaker.run(215 * MS);
    speaker.playout.flush(1, true);
    const after = speaker.run(100 * MS);
    assert.ok(after.findLastIndex((sample) => Math.abs(sample) >= 1) <= 8 * MS);
    assert.ok(steepest(speaker.output) <= steepest(voice(1_000)) * 1.25);
  });

  it('while nothing is rendered leaves nothing behind', () => {
    const speaker = new RenderedPlayout();
    speaker.playout.enqueue(1, voice(500 * MS));
    speaker.run(100 * MS);
    speaker.playout.flush(1, false);
    assert.ok(speaker.run(500 * MS).every((sample) => sample === 0));
  });
});

describe('What is told of a playing reply', () => {
  it('comes every 50 ms, ends with the whole length, and comes no more after that', () => {
    const speaker = new RenderedPlayout();
    speaker.playout.enqueue(7, voice(1_000 * MS));
    speaker.playout.finish(7);
    speaker.run(2_000 * MS);
    assert.ok(speaker.reports.length >= 18 && speaker.reports.length <= 21, `${speaker.reports.length} reports`);
    assert.equal(speaker.reports.at(-1)?.playedSamples, 1_000 * MS);
    for (const { playedSamples, bufferedSamples, final } of speaker.reports) {
      assert.equal(playedSamples + bufferedSamples, 1_000 * MS);
      assert.equal(final, playedSamples === 1_000 * MS);
    }
  });

  it('goes on while muted: silent, at the same pace, and back without a click', () => {
    const speaker = new RenderedPlayout();
    const sound = voice(1_000 * MS);
    speaker.playout.enqueue(1, sound);
    speaker.playout.finish(1);
    speaker.run(200 * MS);
    speaker.playout.setMuted(true);
    const muted = speaker.run(400 * MS);
    assert.ok(muted.slice(10 * MS).every((sample) => sample === 0));
    speaker.playout.setMuted(false);
    speaker.run(500 * MS);
    assert.equal(speaker.finals[0]?.playedSamples, 1_000 * MS);
    assert.ok(steepest(speaker.output) <= steepest(sound) * 1.05);
    assert.deepEqual(speaker.output.slice(700 * MS, 900 * MS), [...sound.slice(700 * MS, 900 * MS)]);
  });

  it('is one report of nothing for a reply that was finished without a sound', () => {
    const speaker = new RenderedPlayout();
    speaker.playout.finish(1);
    speaker.run(128);
    assert.deepEqual(
      speaker.reports.map(({ reply, playedSamples, final }) => [reply, playedSamples, final]),
      [[1, 0, true]],
    );
  });
});
