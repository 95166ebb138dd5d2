// The conversation that the journeys play aloud, and the checks of what was heard on both ends.
import assert from 'node:assert/strict';
import {
  speak,
  timeline,
  type ConnectionRecord,
  type ConnectionScript,
  type ReplyRecord,
} from '../../live-server/index.ts';
import { align, largestDifference, toFloat } from '../../sound/alignment.ts';
import type { RecordedOutput } from '../harness/recorded-output.ts';
import type { Talkthrough } from './talkthrough.ts';

export const QUESTION = 'What is the first step to put this shelf together?';
export const LONG_ANSWER =
  'First lay two uprights on the floor with the holes facing up. Then fix the lowest board in the second hole from the bottom, ' +
  'bolt from outside, washer and wing nut inside, hand tight only. After that fix the top board in the last hole, and measure both ' +
  'diagonals before you go on with the boards between.';
export const INTERRUPTION = 'Wait a moment. How many bolts do I need?';
export const SHORT_ANSWER = 'Twenty-four bolts, with a washer and a wing nut for each.';
export const TYPED = 'And which tool?';
export const TYPED_ANSWER = 'None for the wing nuts, and a screwdriver for the two wall screws.';

/** Of what the microphone hears. */
export const WAV_RATE_HZ = 48_000;
/** Between question and interruption: the long answer has been speaking for some seconds by then. */
export const PAUSE_MS = 5_000;

/** Late and bunched: every part up to 60 ms late, and each second nothing for 100 ms, then all at once. */
const BUNCHED = { jitter: { lateMs: 60, stallEveryMs: 1_000, stallMs: 100 } } as const;

/** Question, interruption of the long answer, typed question. */
export const CONVERSATION: ConnectionScript = {
  delivery: BUNCHED,
  steps: [
    { on: 'speech', hear: QUESTION, reply: { say: LONG_ANSWER } },
    { on: 'speech', hear: INTERRUPTION, reply: { say: SHORT_ANSWER } },
    { on: 'text', contains: TYPED, reply: { say: TYPED_ANSWER } },
  ],
};

export interface Spoken {
  readonly question: Int16Array;
  readonly interruption: Int16Array;
  readonly says: Int16Array;
}

/** What the microphone hears, mono at 48 kHz. */
export async function microphoneWav(): Promise<Spoken> {
  const question = (await speak(QUESTION, { voice: 'en', rateHz: WAV_RATE_HZ })).pcm16;
  const interruption = (await speak(INTERRUPTION, { voice: 'en', rateHz: WAV_RATE_HZ })).pcm16;
  return { question, interruption, says: timeline([2_500, question, PAUSE_MS, interruption, 2_000], WAV_RATE_HZ) };
}

/** Prints something measured beside the test it belongs to. */
export function say(measured: string): void {
  console.log(`      ${measured}`);
}

/** Finds a reply in what was played and holds it against what the server sent, sample by sample. */
function findReply(output: RecordedOutput, reply: ReplyRecord, samples = reply.pcm16.length) {
  assert.equal(output.sampleRateHz, 24_000);
  assert.equal(output.lostFrames, 0, 'the recorder lost sound');
  const sent = toFloat(reply.pcm16.subarray(0, samples));
  const heard = output.samples();
  const found = align(sent, heard);
  return { ...found, sent, heard, difference: largestDifference(sent, heard, found.offset) };
}

/** The replies were played as they were sent, though they came late and bunched. */
export function checkReplies(output: RecordedOutput, record: ConnectionRecord): void {
  for (const reply of record.replies.filter(({ text }) => text !== LONG_ANSWER)) {
    const { correlation, difference } = findReply(output, reply);
    say(
      `"${reply.text.slice(0, 24)}…": correlation ${correlation.toFixed(5)}, largest difference ${difference.toFixed(5)}`,
    );
    assert.ok(correlation >= 0.98, `${reply.text}: ${correlation}`);
    assert.ok(difference < 0.001, `a gap or a click in "${reply.text}": ${difference}`);
  }
}

/** The long answer fell silent when it was interrupted, and the transcript shows what was heard of it. */
export async function checkInterruption(
  talk: Talkthrough,
  output: RecordedOutput,
  record: ConnectionRecord,
): Promise<void> {
  const cut = record.replies.find(({ text }) => text === LONG_ANSWER);
  const next = record.replies.find(({ text }) => text === SHORT_ANSWER);
  assert.ok(cut?.interruptedAtMs !== undefined && next !== undefined);
  const start = findReply(output, cut, 24_000).offset;
  const nextStart = findReply(output, next).offset;
  const heard = output.samples();
  let last = nextStart - 1;
  while (last > start && Math.abs(heard[last] ?? 0) < 0.001) last -= 1;
  assert.ok(last < start + cut.pcm16.length, 'the whole reply was played');
  const interruptedAtMs = performance.timeOrigin + cut.interruptedAtMs;
  const silentAfterMs = output.renderedAtMs(last) - interruptedAtMs;
  say(`silent ${silentAfterMs.toFixed(0)} ms after the service said so`);
  assert.ok(silentAfterMs < 500, 'sound of the dead turn');

  const words = cut.words.filter(({ startSample }) => startSample < last - start).map(({ text }) => text);
  const [shown] = (await talk.transcript()).filter(({ interrupted }) => interrupted);
  assert.ok(shown);
  const shownWords = shown.text.split(/\s+/);
  say(`heard ${words.length} words, the transcript shows ${shownWords.length} of ${cut.words.length}`);
  assert.ok(Math.abs(shownWords.length - words.length) <= 2, `shown: ${shown.text}; heard: ${words.join(' ')}`);
  assert.ok(LONG_ANSWER.startsWith(shown.text));
  assert.equal(shown.unheard, '');
}

/** The recording of the reply player: the only context at 24 kHz. */
export function player(talk: Talkthrough): RecordedOutput {
  const found = talk.window.output.recordings.filter(({ sampleRateHz }) => sampleRateHz === 24_000);
  assert.equal(found.length, 1, 'one player');
  const [output] = found;
  assert.ok(output);
  return output;
}
