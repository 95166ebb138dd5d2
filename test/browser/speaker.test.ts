import assert from 'node:assert/strict';
import { Resampler } from '../../webview/microphone/resampler.ts';
import { align } from '../sound/alignment.ts';
import { SEED, seededRandom } from '../unit/microphone/seeded-noise.ts';
import { cut, gaps, MS, steepest, voice } from '../unit/speaker/rendered-playout.ts';
import { type AudioPage, type AudioPageOptions, openAudioPage } from './audio-page.ts';
import type { SpeakerStep } from './page-scripts/audio-harness-contract.ts';
import { pcm16ToBase64, stepsFromBase64 } from './samples.ts';

function enqueue(reply: number, samples: Int16Array, atMs = 0): SpeakerStep {
  return { atFrame: atMs * MS, do: 'enqueue', reply, pcm16Base64: pcm16ToBase64(samples) };
}

function finish(reply: number, atMs = 0): SpeakerStep {
  return { atFrame: atMs * MS, do: 'finish', reply };
}

async function play(audio: AudioPage, steps: readonly SpeakerStep[], untilFinal: number) {
  const { samplesBase64, ...rest } = await audio.call('playScript', steps, untilFinal, 100 * MS);
  return { output: stepsFromBase64(samplesBase64), ...rest };
}

const isSound = (sample: number): boolean => Math.abs(sample) >= 1;

describe('The loudspeaker in a real browser', () => {
  let audio: AudioPage;

  async function open(options?: AudioPageOptions): Promise<void> {
    audio = await openAudioPage(options);
    await audio.call('makeSpeaker');
  }

  afterEach(() => audio.close());

  it(`plays what was sent bit for bit, with chunks late and bunched as the service sends them (seed ${SEED})`, async () => {
    await open();
    const random = seededRandom(SEED);
    const sound = voice(3_000 * MS);
    const chunks = cut(sound, 40 * MS);
    // Three chunks a frame, the frames at 3.3 times real time, each up to 30 ms late.
    const steps = chunks.map((chunk, i) => enqueue(1, chunk, Math.floor(i / 3) * 36 + Math.floor(random() * 30)));
    steps.sort((a, b) => a.atFrame - b.atFrame);
    const { output, sampleRateHz, reports } = await play(audio, [...inOrder(steps, chunks), finish(1, 1_000)], 1);
    assert.equal(sampleRateHz, 24_000);
    const start = output.findIndex((sample) => sample !== 0);
    assert.deepEqual(output.slice(start, start + sound.length), [...sound]);
    assert.ok(!output.slice(start + sound.length).some(isSound));
    const final = reports.at(-1);
    assert.deepEqual([final?.playedSamples, final?.underruns, final?.final], [sound.length, 0, true]);
  });

  it(`bridges 40 ms chunks with 30 ms of jitter and a 100 ms stall each second (seed ${SEED})`, async () => {
    await open();
    const random = seededRandom(SEED);
    const sound = voice(4_000 * MS);
    let last = 0;
    const steps = cut(sound, 40 * MS).map((chunk, i) => {
      last = Math.max(last, Math.floor(30 + i * 40 + (random() * 2 - 1) * 30 + (i % 25 === 12 ? 100 : 0)));
      return enqueue(1, chunk, last);
    });
    const { output, reports } = await play(audio, [...steps, finish(1, last)], 1);
    const silences = gaps(output);
    assert.ok(silences.length <= 1 && (silences[0] ?? 0) <= 20 * MS, `silences of ${silences.join(', ')} samples`);
    assert.ok(steepest(output) <= steepest(sound) * 1.25, 'a click');
    assert.equal(reports.at(-1)?.playedSamples, sound.length);
  });

  it('is heard within 80 ms of the first chunk, on every turn', async () => {
    await open();
    const steps = [0, 1, 2, 3].flatMap((turn) => {
      const from = turn * 700;
      const chunks = cut(voice(400 * MS), 40 * MS).map((chunk, i) => enqueue(turn + 1, chunk, from + i * 40));
      return [...chunks, finish(turn + 1, from + 400)];
    });
    const { output, stepFrames } = await play(audio, steps, 4);
    steps.forEach((step, i) => {
      if (step.atFrame % (700 * MS) !== 0) return;
      const sent = stepFrames[i] ?? 0;
      const waited = (output.findIndex((sample, frame) => frame >= sent && isSound(sample)) - sent) / MS;
      assert.ok(waited <= 80, `turn at ${step.atFrame / MS} ms was heard after ${waited} ms`);
    });
  });

  it('falls silent within 20 ms of an interruption, by a fade of 5 to 10 ms, and says how much was heard', async () => {
    await open();
    const sound = voice(3_000 * MS);
    const flush: SpeakerStep = { atFrame: 500 * MS, do: 'flush', throughReply: 1 };
    const { output, stepFrames, reports } = await play(audio, [enqueue(1, sound), flush], 1);
    const flushed = stepFrames[1] ?? 0;
    const silentAt = output.findLastIndex(isSound) + 1;
    assert.ok(silentAt - flushed <= 20 * MS, `silent after ${(silentAt - flushed) / MS} ms`);
    const start = output.findIndex(isSound);
    const faded = output.findIndex((sample, frame) => frame >= start && sample !== sound[frame - start]);
    assert.ok(silentAt - faded >= 5 * MS && silentAt - faded <= 10 * MS, `faded for ${(silentAt - faded) / MS} ms`);
    assert.ok(steepest(output) <= steepest(sound) * 1.05, 'a click');
    assert.ok(Math.abs((reports.at(-1)?.playedSamples ?? 0) - (silentAt - start)) <= 8);
  });

  it('plays all of the next reply after an interruption, and nothing late of the dead one', async () => {
    await open();
    const next = voice(240 * MS, 31);
    const { output } = await play(
      audio,
      [
        enqueue(1, voice(2_000 * MS)),
        { atFrame: 300 * MS, do: 'flush', throughReply: 1 },
        enqueue(1, voice(500 * MS), 303),
        enqueue(2, next, 303),
        finish(1, 303),
        finish(2, 303),
      ],
      2,
    );
    const end = output.findLastIndex(isSound) + 1;
    const nextEnd = next.findLastIndex(isSound) + 1;
    assert.deepEqual(output.slice(end - nextEnd, end), [...next.slice(0, nextEnd)]);
  });

  it('plays on while muted, so that captions keep pace', async () => {
    await open();
    const mute: SpeakerStep = { atFrame: 0, do: 'mute', muted: true };
    const { output, reports } = await play(audio, [mute, enqueue(1, voice(500 * MS)), finish(1)], 1);
    assert.ok(!output.some(isSound));
    assert.equal(reports.at(-1)?.playedSamples, 500 * MS);
    assert.ok(reports.length >= 9);
  });

  it('locked by the browser: says so, keeps everything, and plays it from its first sample after a click', async () => {
    await open({ autoplay: false });
    await audio.call('unlockOnClick');
    const sound = voice(300 * MS);
    await audio.call('enqueue', 1, pcm16ToBase64(sound));
    await audio.call('finish', 1);
    await audio.call('untilLocked', true);
    await audio.page.click('button');
    const { samplesBase64 } = await audio.call('recordingAfter', 1, 100 * MS);
    const output = stepsFromBase64(samplesBase64);
    const start = output.findIndex((sample) => sample !== 0);
    assert.deepEqual(output.slice(start, start + sound.length), [...sound]);
    assert.deepEqual(await audio.call('lockStory'), [true, false]);
  });

  it('is not called locked any more when what waited was interrupted, and that is never heard', async () => {
    await open({ autoplay: false });
    await audio.call('unlockOnClick');
    await audio.call('enqueue', 1, pcm16ToBase64(voice(300 * MS)));
    await audio.call('untilLocked', true);
    await audio.call('flush', 1);
    await audio.call('untilLocked', false);
    await audio.page.click('button');
    const next = voice(200 * MS, 5);
    await audio.call('enqueue', 2, pcm16ToBase64(next));
    await audio.call('finish', 2);
    const { samplesBase64 } = await audio.call('recordingAfter', 2, 100 * MS);
    const output = stepsFromBase64(samplesBase64);
    const start = output.findIndex((sample) => sample !== 0);
    assert.deepEqual(output.slice(start, start + next.length), [...next]);
  });

  it('sounds the same in a browser that refuses 24 kHz', async () => {
    audio = await openAudioPage();
    await audio.call('refuseSampleRates');
    await audio.call('makeSpeaker');
    // Swells and ebbs: a hard onset has another shape at every fraction of a sample it may fall on.
    const sound = voice(500 * MS).map((sample, i, all) => Math.round(sample * Math.sin((Math.PI * i) / all.length)));
    const { output, sampleRateHz, reports } = await play(audio, [enqueue(1, sound), finish(1)], 1);
    assert.notEqual(sampleRateHz, 24_000);
    const resampler = new Resampler({ inputRateHz: 24_000, outputRateHz: sampleRateHz });
    const wanted = new Float32Array(resampler.maxOutputFrames(sound.length));
    resampler.process(Float32Array.from(sound), sound.length, wanted);
    const { correlation } = align(wanted, Float32Array.from(output));
    assert.ok(correlation > 0.99, `correlation ${correlation}`);
    assert.ok(steepest(output) <= steepest(wanted) * 1.05, 'a click');
    assert.equal(reports.at(-1)?.playedSamples, sound.length);
  });

  it('says so when its worklet cannot be loaded', async () => {
    audio = await openAudioPage();
    const failure = await audio.call('makeSpeakerWithout', 'not-there.js');
    assert.equal(failure.reason, 'worklet');
  });

  it('leaves nothing open behind', async () => {
    await open();
    await play(audio, [enqueue(1, voice(100 * MS)), finish(1)], 1);
    await audio.call('disposeSpeaker');
    assert.deepEqual(await audio.call('openResources'), { audioContexts: 0, liveTracks: 0 });
  });

  it('stays where it was when the chosen output is not there', async () => {
    await open();
    assert.equal((await audio.call('setSpeakerDevice', 'no such device')).kind, 'refused');
    const { output } = await play(audio, [enqueue(1, voice(100 * MS)), finish(1)], 1);
    assert.ok(output.some(isSound));
  });
});

/** Jitter shuffles times, never the order of the sound. */
function inOrder(steps: readonly SpeakerStep[], chunks: readonly Int16Array[]): SpeakerStep[] {
  return steps.map(({ atFrame }, i) => enqueue(1, chunks[i] ?? new Int16Array(0), atFrame / MS));
}
