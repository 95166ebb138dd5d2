import assert from 'node:assert/strict';
import { TurnTaking } from '../../../src/live/notes/turn-taking.ts';
import type { LiveEvent } from '../../../src/live/wire/live-event.ts';

const TIMINGS = { answerWaitMs: 15_000, frozenWorkingMs: 60_000 };
const status = (status: string): LiveEvent => ({ type: 'interactionStatus', status });
const TURN_COMPLETE: LiveEvent = { type: 'turnComplete' };
/** A second of sound. */
const AUDIO: LiveEvent = { type: 'audio', pcm16: new Uint8Array(48_000), sampleRateHz: 24_000 };

describe('the floor, when a turn of the model only filled the time', () => {
  let nowMs: number;
  let floor: TurnTaking;

  beforeEach(() => {
    nowMs = 1_000;
    floor = new TurnTaking(TIMINGS, { now: () => nowMs });
    floor.asked();
    for (const event of [status('IN_PROGRESS'), AUDIO, TURN_COMPLETE]) floor.onEvent(event);
    nowMs += 2_000;
  });

  it('is the model’s until it does not think any more', () => {
    assert.ok(floor.freeInMs > TIMINGS.answerWaitMs);
    floor.onEvent(status('IDLE'));
    assert.equal(floor.freeInMs, 0);
  });

  it('is the model’s, too, until the sound of its last turn has been heard', () => {
    for (const event of [AUDIO, TURN_COMPLETE, status('IDLE')]) floor.onEvent(event);
    assert.equal(floor.freeInMs, 1_000);
  });

  it('is not the model’s for ever, though it never says that it has done', () => {
    nowMs += TIMINGS.frozenWorkingMs - 2_001;
    assert.equal(floor.freeInMs, 1);
    nowMs += 1;
    assert.equal(floor.freeInMs, 0);
  });

  it('is not free under the person’s words before that, also while a tool runs', () => {
    floor.onEvent({ type: 'toolCall', calls: [] });
    floor.onSpeech(true);
    assert.equal(floor.freeInMs, Infinity);
    floor.onEvent(status('IDLE'));
    assert.equal(floor.freeInMs, 0);
  });

  it('is free on a new connection', () => {
    floor.reset();
    assert.equal(floor.freeInMs, 0);
  });
});
