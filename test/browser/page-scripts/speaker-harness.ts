import { Speaker } from '../../../webview/speaker/speaker.ts';
import type { SpeakerFailure } from '../../../webview/speaker/speaker-state.ts';
import type { PlayedReport } from '../../../webview/speaker/worklet-messages.ts';
import { type AudioHarness, type Played, SPEAKER_WORKLET, type SpeakerStep } from './audio-harness-contract.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { Changes } from './changes.ts';
import { OutputTap } from './output-tap.ts';

type SpeakerPart =
  | 'makeSpeaker'
  | 'refuseSampleRates'
  | 'playScript'
  | 'untilLocked'
  | 'enqueue'
  | 'finish'
  | 'flush'
  | 'recordingAfter'
  | 'lockStory'
  | 'speakerFailures'
  | 'makeSpeakerWithout'
  | 'setSpeakerDevice'
  | 'disposeSpeaker'
  | 'unlockOnClick';

const tap = new OutputTap();
const changes = new Changes();
const reports: PlayedReport[] = [];
const locks: boolean[] = [];
const failures: SpeakerFailure[] = [];
let made: Speaker | undefined;

export function installTap(): void {
  tap.install();
}

function speaker(): Speaker {
  if (made === undefined) throw new Error('No speaker was made');
  return made;
}

function make(workletUrl: string): void {
  made = new Speaker({
    workletUrl,
    onPlayed: (report) => {
      reports.push(report);
      changes.announce();
    },
    onLocked: (locked) => {
      locks.push(locked);
      changes.announce();
    },
    onFailed: (failure) => {
      failures.push(failure);
      changes.announce();
    },
  });
}

function perform(step: SpeakerStep): void {
  switch (step.do) {
    case 'enqueue':
      return speaker().enqueue(step.reply, fromBase64(step.pcm16Base64));
    case 'finish':
      return speaker().finish(step.reply);
    case 'flush':
      return speaker().flush(step.throughReply);
    case 'mute':
      return speaker().setMuted(step.muted);
  }
}

function untilFinal(reply: number): Promise<PlayedReport> {
  return changes.until(() => reports.find((report) => report.reply === reply && report.final));
}

/** What was rendered before a report may be heard after it: it takes another way. */
async function tailOf(frames: number): Promise<void> {
  const end = tap.frames + frames;
  await tap.changes.until(() => tap.frames >= end || undefined);
}

function played(start: number, stepFrames: readonly number[]): Played {
  const samples = new Uint8Array(tap.since(start).buffer);
  return { sampleRateHz: tap.sampleRateHz, samplesBase64: toBase64(samples), stepFrames, reports: [...reports] };
}

export const speakerHarness: Pick<AudioHarness, SpeakerPart> = {
  makeSpeaker: () => make(SPEAKER_WORKLET),
  refuseSampleRates: () => {
    window.AudioContext = class AudioContext extends window.AudioContext {
      constructor(options?: AudioContextOptions) {
        if (options?.sampleRate !== undefined) throw new DOMException('Not this rate', 'NotSupportedError');
        super(options);
      }
    };
  },
  playScript: async (steps, lastReply, tailFrames) => {
    await tap.changes.until(() => tap.frames > 0 || undefined);
    const start = tap.frames;
    const stepFrames: number[] = [];
    for (const step of steps) {
      await tap.changes.until(() => tap.frames - start >= step.atFrame || undefined);
      stepFrames.push(tap.renderedFrames - start);
      perform(step);
    }
    await untilFinal(lastReply);
    await tailOf(tailFrames);
    return played(start, stepFrames);
  },
  untilLocked: async (locked) => {
    await changes.until(() => (locks.at(-1) ?? false) === locked || undefined);
  },
  enqueue: (reply, pcm16Base64) => speaker().enqueue(reply, fromBase64(pcm16Base64)),
  finish: (reply) => speaker().finish(reply),
  flush: (throughReply) => speaker().flush(throughReply),
  recordingAfter: async (reply, tailFrames) => {
    await untilFinal(reply);
    await tailOf(tailFrames);
    return played(0, []);
  },
  lockStory: () => locks,
  speakerFailures: () => failures,
  makeSpeakerWithout: (workletUrl) => {
    make(workletUrl);
    return changes.until(() => failures[0]);
  },
  setSpeakerDevice: (deviceId) => speaker().setDevice(deviceId),
  disposeSpeaker: () => speaker().dispose(),
  unlockOnClick: () => document.addEventListener('click', () => speaker().unlock()),
};
