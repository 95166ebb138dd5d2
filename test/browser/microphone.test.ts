import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resample } from '../live-server/index.ts';
import { align, alignStretches, rms, toFloat, type Stretch } from '../sound/alignment.ts';
import { SEED } from '../unit/microphone/seeded-noise.ts';
import { type AudioPage, openAudioPage } from './audio-page.ts';
import { pcm16FromBase64, stepsFromBase64 } from './samples.ts';
import { spokenSound, writeWav } from './spoken-sound.ts';

const MS = 16;
const FAKE_DEVICE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

describe(`The microphone in a real browser (seed ${SEED})`, () => {
  const sound = spokenSound(SEED, 3);
  const folder = mkdtempSync(join(tmpdir(), 'talkthrough-microphone-'));
  const wav = join(folder, 'spoken.wav');
  let audio: AudioPage;

  async function open(args: readonly string[] = [`--use-file-for-fake-audio-capture=${wav}%noloop`]): Promise<void> {
    audio = await openAudioPage({ args: [...FAKE_DEVICE, ...args], autoplay: false });
    await audio.call('makeMicrophone');
  }

  /** All chunks in one, after checking that they are whole and in order. */
  async function heard(): Promise<Float32Array> {
    const chunks = await audio.call('chunks');
    assert.deepEqual(
      chunks.map(({ sequence }) => sequence),
      chunks.map((_, i) => i),
    );
    const parts = chunks.map(({ pcm16Base64 }) => pcm16FromBase64(pcm16Base64));
    assert.ok(
      parts.slice(0, -1).every(({ length }) => length === 20 * MS),
      'a chunk is not 20 ms long',
    );
    return toFloat(Int16Array.from(parts.flatMap((part) => [...part])));
  }

  /**
   * What was said (its first samples, where so many were recorded) as this recording has it: it may begin anywhere between two
   * samples, and half a sample costs the higher overtones up to a twentieth of the correlation.
   */
  function nearestTo(recording: Float32Array, samples = Infinity) {
    const STEPS = 8;
    const candidates = Array.from({ length: STEPS }, (_, step) => {
      const spoken = sound.at(16_000, step / STEPS).subarray(0, samples);
      const { offset } = align(spoken, recording);
      const stretches = alignStretches(spoken, recording, offset, 200 * MS, 60 * MS);
      return {
        lateBy: step / STEPS,
        spoken,
        offset,
        stretches,
        sum: stretches.reduce((sum, { correlation }) => sum + correlation, 0),
      };
    });
    return candidates.reduce((best, each) => (each.sum > best.sum ? each : best));
  }

  before(() => writeWav(wav, sound, { beforeSeconds: 1, afterSeconds: 20 }));
  after(() => rmSync(folder, { recursive: true }));
  afterEach(() => audio.close());

  /** Every stretch of it that the browser gave was heard, in its place, as it was. */
  function isWhatTheBrowserGave(recording: Float32Array, given: { sampleRateHz: number; samplesBase64: string }): void {
    const pcm16 = Int16Array.from(stepsFromBase64(given.samplesBase64), (sample) => Math.round(sample));
    // The recording has its own place between two samples: it is sought in steps of the given rate.
    const nearest = Array.from({ length: Math.ceil(given.sampleRateHz / 16_000) }, (_, step) => {
      const wanted = toFloat(resample(pcm16.subarray(step), given.sampleRateHz, 16_000));
      const said = wanted.subarray(0, Math.min(wanted.length, recording.length) - 100 * MS);
      const { offset } = align(said, recording);
      return { offset, stretches: alignStretches(said, recording, offset, 200 * MS, 60 * MS) };
    }).reduce((best, each) => (worst(each.stretches) > worst(best.stretches) ? each : best));
    for (const { at, offset, correlation } of nearest.stretches) {
      const movedMs = Math.abs(offset - nearest.offset) / MS;
      assert.ok(
        movedMs < 2 && correlation > 0.98,
        `at ${at / MS} ms: moved by ${movedMs} ms, ${correlation.toFixed(4)}`,
      );
    }
    assert.ok(nearest.stretches.length > 5, 'something was said');
  }

  it('hears what was said: whole, in order, in time, with processing off', async () => {
    await open();
    await audio.call('startMicrophone', { processing: false });
    await audio.call('untilChunks', 250);
    const captured = await audio.call('capturedMicrophone');
    await audio.call('stopMicrophone');
    const recording = await heard();
    isWhatTheBrowserGave(recording, captured);
    // Of what was said the browser drops a few milliseconds here and there where it waits for the processor. That is its
    // part, and moves what comes after; most of what is left is exact.
    const { spoken, offset, stretches } = nearestTo(recording);
    const correlations = stretches.map(({ correlation }) => correlation).sort((a, b) => a - b);
    const median = correlations[Math.floor(correlations.length / 2)] ?? 0;
    assert.ok(median > 0.99, `half of what was said correlates by ${median.toFixed(4)} or less`);
    const before = recording.subarray(0, Math.max(0, offset - 60 * MS));
    const after = recording.subarray(offset + spoken.length + 60 * MS);
    assert.ok(rms(before) < 0.001 && rms(after) < 0.001, 'sound outside of what was said');
    assert.deepEqual((await audio.call('askedConstraints'))[0], {
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
      deviceId: '',
    });
  });

  it('says what it is doing: off, starting, on with the device’s name, off', async () => {
    await open();
    await audio.call('startMicrophone', { processing: true });
    const on = await audio.call('untilMicrophone', 'on');
    assert.ok(on.kind === 'on' && on.label !== '' && on.sampleRateHz >= 8_000 && !on.hardwareMuted && !on.fallback);
    await audio.call('stopMicrophone');
    const story = await audio.call('microphoneStory');
    assert.deepEqual(
      story.map(({ kind }) => kind),
      ['starting', 'on', 'off'],
    );
    assert.deepEqual((await audio.call('askedConstraints'))[0], {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      deviceId: '',
    });
  });

  it('opens no output to capture', async () => {
    await open();
    await audio.call('startMicrophone', { processing: true });
    await audio.call('untilChunks', 2);
    assert.deepEqual(await audio.call('outputs'), ['none']);
  });

  it('sends two chunks at once, and one alone only where it ends', async () => {
    await open();
    await audio.call('startMicrophone', { processing: false });
    await audio.call('untilChunks', 50);
    await audio.call('stopMicrophone');
    const bytes = await audio.call('bytesAtOnce');
    assert.ok(
      bytes.slice(0, -1).every((each) => each === 2 * 640),
      `not all in pairs: ${bytes.join(', ')}`,
    );
    await heard();
  });

  it('gives the last word to its end on stop, and then nothing is open any more', async () => {
    await open();
    await audio.call('startMicrophone', { processing: false });
    // In the middle of what is said: 1 s of silence, then 1 s of it.
    await audio.call('untilChunks', 100);
    const { openAfter } = await audio.call('stopMicrophone');
    assert.deepEqual(openAfter, { audioContexts: 0, liveTracks: 0 });
    const recording = await heard();
    const chunks = await audio.call('chunks');
    const tail = pcm16FromBase64(chunks.at(-1)?.pcm16Base64 ?? '').length;
    assert.ok(tail <= 20 * MS);
    const { offset, lateBy } = nearestTo(recording, 800 * MS);
    const lastWords = sound
      .at(16_000, lateBy)
      .subarray(recording.length - offset - 100 * MS, recording.length - offset);
    const end = align(lastWords, recording, recording.length - 105 * MS, recording.length - 95 * MS);
    assert.ok(
      rms(lastWords) < 0.01 || end.correlation > 0.95,
      `the last 100 ms correlate by ${end.correlation.toFixed(3)}`,
    );
  });

  it('sends nothing while muted, goes on without a missing number, and keeps the device for a moment', async () => {
    await open();
    await audio.call('startMicrophone', { processing: false });
    await audio.call('untilChunks', 10);
    await audio.call('muteMicrophone');
    const muted = await audio.call('untilMicrophone', 'muted');
    assert.deepEqual(muted, { kind: 'muted', trackHeld: true });
    const before = (await audio.call('chunks')).length;
    assert.equal((await audio.call('openResources')).liveTracks, 1);
    await audio.call('unmuteMicrophone');
    await audio.call('untilChunks', before + 10);
    await heard();
  });

  it('gives the device up when muted for longer, and takes it again by itself', async () => {
    await open();
    await audio.call('startMicrophone', { processing: false });
    await audio.call('untilChunks', 10);
    await audio.call('muteMicrophone');
    await audio.call('untilReleased');
    assert.deepEqual(await audio.call('openResources'), { audioContexts: 0, liveTracks: 0 });
    const before = (await audio.call('chunks')).length;
    await audio.call('unmuteMicrophone');
    await audio.call('untilChunks', before + 10);
    await heard();
  });

  it('started and stopped twenty times in a row leaves nothing open', async () => {
    await open();
    await audio.call('startAndStop', 20);
    await audio.call('untilNothingIsOpen');
    assert.equal((await audio.call('chunks')).length, 0);
    await audio.call('startMicrophone', { processing: false });
    await audio.call('untilChunks', 5);
    await audio.call('disposeMicrophone');
    await audio.call('untilNothingIsOpen');
  });

  it('changes to another device without a pause in the numbering, opening it before the old one is let go', async () => {
    await open(['--use-fake-device-for-media-stream=device-count=2']);
    await audio.call('startMicrophone', { processing: false });
    await audio.call('untilChunks', 10);
    const other = (await audio.call('microphoneIds')).at(-1) ?? '';
    await audio.call('startMicrophone', { processing: false, deviceId: other });
    const on = await audio.call('untilMicrophone', 'on');
    assert.equal(on.kind === 'on' && on.deviceId, other);
    await audio.call('untilChunks', (await audio.call('chunks')).length + 10);
    await heard();
    assert.deepEqual(
      (await audio.call('microphoneStory')).map(({ kind }) => kind),
      ['starting', 'on', 'on'],
    );
  });

  it('takes the default device, and says so, when the one asked for is not there', async () => {
    await open();
    await audio.call('startMicrophone', { processing: false, deviceId: 'unplugged long ago' });
    const on = await audio.call('untilMicrophone', 'on');
    assert.ok(on.kind === 'on' && on.fallback);
  });

  it('follows the default device when another one becomes it', async () => {
    await open();
    await audio.call('startMicrophone', { processing: false });
    await audio.call('untilChunks', 5);
    await audio.call('listMicrophones', [{ deviceId: 'default', groupId: 'headset', label: 'Default - Headset' }]);
    await audio.call('announceDeviceChange');
    await audio.call('untilOpened', 2);
    await audio.call('untilChunks', (await audio.call('chunks')).length + 10);
    await heard();
    assert.equal((await audio.call('openResources')).liveTracks, 1);
  });
});

function worst(stretches: readonly Stretch[]): number {
  return Math.min(...stretches.map(({ correlation }) => correlation));
}
