import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AudioPage, openAudioPage } from '../../test/browser/audio-page.ts';
import { pcm16FromBase64 } from '../../test/browser/samples.ts';
import { spokenSound, writeWav } from '../../test/browser/spoken-sound.ts';
import { align, toFloat } from '../../test/sound/alignment.ts';
import { CapturePipeline } from '../../webview/microphone/capture-pipeline.ts';
import { type Finding, median, percentile } from './findings.ts';

const RUNS = 3;
const SEED = 1;

interface Recording {
  readonly intervalsMs: readonly number[];
  readonly correlation: number;
  readonly stopMs: number;
  readonly openAfter: number;
  readonly startMs: number;
}

async function record(): Promise<Recording> {
  const folder = mkdtempSync(join(tmpdir(), 'talkthrough-bench-'));
  const wav = join(folder, 'spoken.wav');
  const sound = spokenSound(SEED, 3);
  writeWav(wav, sound, { beforeSeconds: 1, afterSeconds: 20 });
  const audio: AudioPage = await openAudioPage({
    autoplay: false,
    args: [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${wav}%noloop`,
    ],
  });
  try {
    await audio.call('makeMicrophone');
    const startMs = await audio.call('timeToFirstChunk', { processing: false });
    await audio.call('untilChunks', 250);
    const { tookMs, openAfter } = await audio.call('stopMicrophone');
    const chunks = await audio.call('chunks');
    const samples = chunks.flatMap(({ pcm16Base64 }) => [...pcm16FromBase64(pcm16Base64)]);
    const times = chunks.map(({ heardAtMs }) => heardAtMs);
    return {
      intervalsMs: times.slice(1).map((time, i) => time - (times[i] ?? 0)),
      correlation: align(sound.at(16_000), toFloat(Int16Array.from(samples))).correlation,
      stopMs: tookMs,
      openAfter: openAfter.audioContexts + openAfter.liveTracks,
      startMs,
    };
  } finally {
    await audio.close();
    rmSync(folder, { recursive: true });
  }
}

/** Runs a sound through what the worklet runs, in quanta of 128 frames. */
function pipe(sound: Float32Array, rateHz: number): Int16Array {
  const chunks: Int16Array[] = [];
  const pipeline = new CapturePipeline(rateHz, (pcm16) => chunks.push(new Int16Array(pcm16)));
  for (let at = 0; at < sound.length; at += 128) pipeline.push([sound.subarray(at, at + 128)]);
  pipeline.flush();
  return Int16Array.from(chunks.flatMap((chunk) => [...chunk]));
}

function sine(frequencyHz: number, amplitude: number, rateHz: number): Float32Array {
  return Float32Array.from(
    { length: rateHz },
    (_, i) => amplitude * Math.sin((2 * Math.PI * frequencyHz * i) / rateHz),
  );
}

function levelDb(samples: Int16Array): number {
  const middle = samples.subarray(2_000, 14_000);
  return 10 * Math.log10((2 * middle.reduce((sum, sample) => sum + (sample / 32_768) ** 2, 0)) / middle.length + 1e-12);
}

function pipelineFindings(): Finding[] {
  const loud = pipe(sine(440, 1.047, 16_000), 16_000);
  const wraps = loud.filter((sample, i) => Math.abs(sample - (loud[i - 1] ?? sample)) > 32_768).length;
  const aliases = [44_100, 48_000, 96_000].flatMap((rateHz) =>
    [8_001, 9_000, 10_000, 14_000, 20_000].map((frequencyHz) => levelDb(pipe(sine(frequencyHz, 1, rateHz), rateHz))),
  );
  const passes = [44_100, 48_000, 96_000].flatMap((rateHz) =>
    [100, 1_000, 4_000, 7_000].map((frequencyHz) =>
      Math.abs(levelDb(pipe(sine(frequencyHz, 0.9, rateHz), rateHz)) + 0.915),
    ),
  );
  const busy = sine(440, 0.5, 48_000);
  pipe(busy, 48_000);
  const before = process.cpuUsage();
  for (let second = 0; second < 20; second += 1) pipe(busy, 48_000);
  const share = process.cpuUsage(before).user / 20 / 1_000_000;
  const tail = pipe(sine(440, 0.5, 16_000), 16_000).length;
  return [
    { what: 'wraps in a sine 0.4 dB too loud', goal: '0', found: `${wraps}`, met: wraps === 0 },
    { what: 'samples out for 16 000 in', goal: '16 000', found: `${tail}`, met: tail === 16_000 },
    {
      what: 'aliases of 8 to 20 kHz in the 16-bit output',
      goal: '<= -60 dB',
      found: `at most ${Math.max(...aliases).toFixed(0)} dB`,
      met: Math.max(...aliases) <= -60,
    },
    {
      what: 'ripple from 100 Hz to 7 kHz',
      goal: 'flat',
      found: `${Math.max(...passes).toFixed(3)} dB`,
      met: Math.max(...passes) < 0.1,
    },
    { what: 'share of a core, 48 kHz', goal: '', found: `${(share * 100).toFixed(2)} %`, met: share < 0.05 },
  ];
}

/** The microphone in a real Chromium with a WAV as its fake device, and what its worklet runs by itself. */
export async function measureRecorder(): Promise<Finding[]> {
  const runs: Recording[] = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await record());
  const intervals = runs.flatMap(({ intervalsMs }) => intervalsMs);
  const stops = runs.map(({ stopMs }) => stopMs);
  const correlations = runs.map(({ correlation }) => correlation);
  const open = Math.max(...runs.map(({ openAfter }) => openAfter));
  return [
    {
      what: 'chunk interval',
      goal: '20 to 32 ms',
      found: `mean ${(intervals.reduce((sum, ms) => sum + ms, 0) / intervals.length).toFixed(1)} ms, p95 ${percentile(intervals, 0.95).toFixed(0)} ms`,
      met: median(intervals) <= 32,
    },
    {
      what: 'correlation with what was said, whole utterance, processing off',
      goal: '>= 0.9',
      found: correlations.map((correlation) => correlation.toFixed(6)).join(', '),
      met: Math.min(...correlations) >= 0.9,
    },
    {
      what: 'stop to everything closed',
      goal: '<= 100 ms',
      found: `median ${median(stops).toFixed(0)} ms, max ${Math.max(...stops).toFixed(0)} ms, ${open} left open`,
      met: Math.max(...stops) <= 100 && open === 0,
    },
    {
      what: 'start to first chunk',
      goal: '',
      found: `median ${median(runs.map(({ startMs }) => startMs)).toFixed(0)} ms`,
      met: true,
    },
    ...pipelineFindings(),
  ];
}
