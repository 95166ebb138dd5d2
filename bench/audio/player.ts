import { type AudioPage, openAudioPage } from '../../test/browser/audio-page.ts';
import type { SpeakerStep } from '../../test/browser/page-scripts/audio-harness-contract.ts';
import { pcm16ToBase64, stepsFromBase64 } from '../../test/browser/samples.ts';
import { seededRandom } from '../../test/unit/microphone/seeded-noise.ts';
import { cut, gaps, MS, steepest, voice } from '../../test/unit/speaker/rendered-playout.ts';
import { type Finding, median } from './findings.ts';

const RUNS = 3;

interface Rendered {
  readonly output: readonly number[];
  readonly stepFrames: readonly number[];
  readonly underruns: number;
}

async function withSpeaker<Result>(measure: (audio: AudioPage) => Promise<Result>): Promise<Result> {
  const audio = await openAudioPage();
  try {
    await audio.call('makeSpeaker');
    return await measure(audio);
  } finally {
    await audio.close();
  }
}

async function play(audio: AudioPage, steps: readonly SpeakerStep[], untilFinal: number): Promise<Rendered> {
  const { samplesBase64, stepFrames, reports } = await audio.call('playScript', steps, untilFinal, 100 * MS);
  const underruns = reports.find(({ final, reply }) => final && reply === untilFinal)?.underruns ?? 0;
  return { output: stepsFromBase64(samplesBase64), stepFrames, underruns };
}

function enqueue(reply: number, samples: Int16Array, atMs: number): SpeakerStep {
  return { atFrame: Math.round(atMs * MS), do: 'enqueue', reply, pcm16Base64: pcm16ToBase64(samples) };
}

function finish(reply: number, atMs: number): SpeakerStep {
  return { atFrame: Math.round(atMs * MS), do: 'finish', reply };
}

const isSound = (sample: number): boolean => Math.abs(sample) >= 1;
const inMs = (samples: number): string => `${(samples / MS).toFixed(0)} ms`;

/** Jumps between neighbours that the sound itself never makes. */
function clicks(output: readonly number[], sound: Int16Array): number {
  const limit = steepest(sound) * 1.25;
  const from = output.findIndex(isSound) + 1;
  const until = output.findLastIndex(isSound);
  let found = 0;
  for (let i = from; i <= until; i += 1) if (Math.abs((output[i] ?? 0) - (output[i - 1] ?? 0)) > limit) found += 1;
  return found;
}

async function firstSound(): Promise<Finding[]> {
  const turns: number[][] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const steps = [0, 1, 2, 3].flatMap((turn) => [
      ...cut(voice(400 * MS), 40 * MS).map((chunk, i) => enqueue(turn + 1, chunk, turn * 800 + i * 40)),
      finish(turn + 1, turn * 800 + 400),
    ]);
    const { output, stepFrames } = await withSpeaker((audio) => play(audio, steps, 4));
    turns.push(
      [0, 11, 22, 33].map((step) => {
        const sent = stepFrames[step] ?? 0;
        return output.findIndex((sample, frame) => frame >= sent && isSound(sample)) - sent;
      }),
    );
  }
  const first = turns.map((waits) => waits[0] ?? 0);
  const later = turns.flatMap((waits) => waits.slice(1));
  const line = (what: string, waits: readonly number[]): Finding => ({
    what,
    goal: '<= 80 ms',
    found: `median ${inMs(median(waits))}, max ${inMs(Math.max(...waits))}`,
    met: Math.max(...waits) <= 80 * MS,
  });
  return [line('first sound, turn 1 (40 ms chunks in real time)', first), line('first sound, later turns', later)];
}

async function jittered(): Promise<Finding[]> {
  const found: { gaps: number; silence: number; clicks: number; underruns: number }[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const random = seededRandom(run + 1);
    const sound = voice(4_000 * MS);
    let last = 0;
    const steps = cut(sound, 40 * MS).map((chunk, i) => {
      last = Math.max(last, 30 + i * 40 + (random() * 2 - 1) * 30 + (i % 25 === 12 ? 100 : 0));
      return enqueue(1, chunk, last);
    });
    const { output, underruns } = await withSpeaker((audio) => play(audio, [...steps, finish(1, last)], 1));
    const silences = gaps(output);
    const silence = silences.reduce((sum, gap) => sum + gap, 0);
    found.push({ gaps: silences.length, silence, clicks: clicks(output, sound), underruns });
  }
  const worst = (of: (run: (typeof found)[number]) => number): number => Math.max(...found.map(of));
  return [
    {
      what: 'jitter: 40 ms chunks +-30 ms, a 100 ms stall a second, 4 s',
      goal: '<= 1 gap, <= 20 ms',
      found: `${worst((run) => run.gaps)} gaps, ${inMs(worst((run) => run.silence))} of silence, ${worst((run) => run.underruns)} stalls bridged`,
      met: worst((run) => run.gaps) <= 1 && worst((run) => run.silence) <= 20 * MS,
    },
    {
      what: 'clicks in that',
      goal: '0',
      found: `${worst((run) => run.clicks)}`,
      met: worst((run) => run.clicks) === 0,
    },
  ];
}

async function steady(): Promise<Finding> {
  const sound = voice(2_400 * MS);
  const steps = cut(sound, 240 * MS).map((chunk, i) => enqueue(1, chunk, i * 240 - Math.min(i, 1) * 60));
  const { output } = await withSpeaker((audio) => play(audio, [...steps, finish(1, 2_200)], 1));
  const start = output.findIndex((sample) => sample !== 0);
  const exact = sound.every((sample, i) => output[start + i] === sample);
  return {
    what: 'steady 240 ms chunks: rendered samples that differ from those sent',
    goal: '0',
    found: exact ? '0' : `${sound.filter((sample, i) => output[start + i] !== sample).length}`,
    met: exact,
  };
}

async function interruption(): Promise<Finding[]> {
  const silentAfter: number[] = [];
  const fades: number[] = [];
  const heard = new Map([20, 60].map((delay) => [delay, [] as number[]]));
  for (let run = 0; run < RUNS; run += 1) {
    for (const [delay, shares] of heard) {
      const sound = voice(2_000 * MS);
      const next = voice(240 * MS, 31);
      const at = 300 + run * 7;
      const steps: SpeakerStep[] = [
        enqueue(1, sound, 0),
        { atFrame: at * MS, do: 'flush', throughReply: 1 },
        enqueue(2, next, at + delay),
        finish(2, at + delay),
      ];
      const { output, stepFrames } = await withSpeaker((audio) => play(audio, steps, 2));
      const start = output.findIndex(isSound);
      const end = output.findLastIndex(isSound) + 1;
      const nextStart = end - (next.findLastIndex(isSound) + 1);
      const fadeStart = output.findIndex((sample, frame) => frame >= start && sample !== sound[frame - start]);
      const silent = output.findLastIndex((sample, frame) => frame < nextStart && isSound(sample)) + 1;
      silentAfter.push(silent - (stepFrames[1] ?? 0));
      fades.push(silent - fadeStart);
      shares.push(next.filter((sample, i) => output[nextStart + i] === sample).length / next.length);
    }
  }
  return [
    {
      what: 'interruption to silence',
      goal: '<= 20 ms',
      found: `median ${inMs(median(silentAfter))}, max ${inMs(Math.max(...silentAfter))}`,
      met: Math.max(...silentAfter) <= 20 * MS,
    },
    {
      what: 'its fade',
      goal: '5 to 10 ms',
      found: `${inMs(Math.min(...fades))} to ${inMs(Math.max(...fades))}`,
      met: Math.min(...fades) >= 5 * MS && Math.max(...fades) <= 10 * MS,
    },
    ...[...heard].map(([delay, shares]) => ({
      what: `heard of a new 240 ms turn sent ${delay} ms after it`,
      goal: '100 %',
      found: `${(Math.min(...shares) * 100).toFixed(1)} %`,
      met: Math.min(...shares) === 1,
    })),
  ];
}

/** The loudspeaker in a real Chromium, in its audio clock: the output device's own latency is not in these numbers. */
export async function measurePlayer(): Promise<Finding[]> {
  return [...(await firstSound()), ...(await jittered()), await steady(), ...(await interruption())];
}
