// The way of the spoken words, in two parts: from the device to the page, which is the browser's, and from there to the
// service, which is ours. A browser that waits for the processor drops sound on its part, and that decides nothing.
import assert from 'node:assert/strict';
import { resample, type ConnectionRecord } from '../../live-server/index.ts';
import { align, alignStretches, toFloat, type Stretch } from '../../sound/alignment.ts';
import type { CapturedMicrophone } from '../harness/captured-sound.ts';
import { PAUSE_MS, say, WAV_RATE_HZ, type Spoken } from './spoken-turns.ts';

const RATE_HZ = 16_000;
const STRETCH = 0.2 * RATE_HZ;
/** A chunk that is missing, doubled or out of order moves what comes after it by 20 ms or more. */
const IN_PLACE_MS = 2;
/** So much a browser was seen to drop of one utterance; sought only where it is not whole, since it takes seconds. */
const DROPPED_AT_MOST_MS = 400;
const SLACK_MS = 100;
/** Before the first word and after the last, so that what stands at the edges is compared, too. */
const MARGIN = 0.3 * RATE_HZ;

/** The service got as 16 kHz PCM16 what the browser gave: whole, in order and in its time. */
export function checkMicrophone(record: ConnectionRecord, captured: CapturedMicrophone, spoken: Spoken): void {
  const given = toFloat(resample(toPcm16(captured.samples), captured.sampleRateHz, RATE_HZ));
  const [begin, end] = checkGiven(given, spoken);
  const words = given.subarray(Math.max(0, begin - MARGIN), end + MARGIN);
  const heard = toFloat(record.pcm16);
  const { offset, correlation } = align(words, heard);
  say(`what the browser gave and what the service got: correlation ${correlation.toFixed(4)}`);
  assert.ok(correlation >= 0.9, String(correlation));
  const moved = alignStretches(words, heard, offset, STRETCH, (SLACK_MS / 1000) * RATE_HZ).filter(
    (stretch) => movedMs(stretch, offset) >= IN_PLACE_MS || stretch.correlation <= 0.8,
  );
  assert.deepEqual(moved, [], 'stretches of 200 ms that are not where they were said');
  assert.equal(record.utterances.length, 2, 'utterances');
  assert.deepEqual(record.warnings, []);
  assert.deepEqual(
    record.audioChunks.filter(({ samples }) => samples > 1_600),
    [],
    'chunks of more than 100 ms',
  );
}

/**
 * The browser gave both utterances, in order. Where it was on time, all of each in its time; where it was not, most of it.
 *
 * @returns where the first begins in what was given, and where the second ends
 */
function checkGiven(given: Float32Array, spoken: Spoken): readonly [begin: number, end: number] {
  const found = (['question', 'interruption'] as const).map((name) => {
    const said = toFloat(resample(spoken[name], WAV_RATE_HZ, RATE_HZ));
    const { offset, correlation } = align(said, given);
    const slackMs = correlation >= 0.9 ? SLACK_MS : DROPPED_AT_MOST_MS;
    const near = alignStretches(said, given, offset, STRETCH, (slackMs / 1000) * RATE_HZ);
    const droppedMs = Math.max(...near.map((stretch) => movedMs(stretch, offset)));
    const typical = median(near.map((stretch) => stretch.correlation));
    say(`${name}: correlation with the source ${correlation.toFixed(4)}, in stretches ${typical.toFixed(4)}`);
    assert.ok(typical >= 0.9, `${name}: ${typical}`);
    return { offset, correlation, droppedMs, end: offset + said.length };
  });
  const [first, second] = found;
  assert.ok(first && second && first.offset < second.offset, 'in order');
  const saidApartMs = (spoken.question.length / WAV_RATE_HZ) * 1000 + PAUSE_MS;
  const givenApartMs = ((second.offset - first.offset) / RATE_HZ) * 1000;
  const lostMs = Math.max(first.droppedMs, second.droppedMs, Math.abs(saidApartMs - givenApartMs));
  say(`said ${saidApartMs.toFixed(0)} ms apart, given ${givenApartMs.toFixed(0)} ms apart`);
  if (lostMs < IN_PLACE_MS) {
    for (const { correlation } of found)
      assert.ok(correlation >= 0.9, `given whole, yet ${correlation} like its source`);
  } else {
    say(`the browser was late and lost about ${lostMs.toFixed(0)} ms of the microphone`);
  }
  return [first.offset, second.end];
}

function movedMs(stretch: Stretch, offset: number): number {
  return (Math.abs(stretch.offset - offset) / RATE_HZ) * 1000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function toPcm16(samples: Float32Array): Int16Array {
  return Int16Array.from(samples, (sample) => Math.round(Math.max(-1, Math.min(32_767 / 32_768, sample)) * 32_768));
}
