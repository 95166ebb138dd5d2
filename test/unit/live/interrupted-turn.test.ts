import assert from 'node:assert/strict';
import type { LiveEvent } from '../../../src/live/wire/live-event.ts';
import { DEFAULT_TIMINGS } from '../../../src/live/timings.ts';
import { Turns } from '../../../src/live/turns/turns.ts';

const sound = (value: number): LiveEvent => ({
  type: 'audio',
  pcm16: new Uint8Array(480).fill(value),
  sampleRateHz: 24_000,
});
const heard = (interim: boolean): LiveEvent => ({
  type: 'inputTranscript',
  text: 'And now?',
  finished: false,
  interim,
  words: [],
});
const INTERRUPTED: LiveEvent = { type: 'interrupted' };

/** Turns by a clock that a test sets. */
class Clocked {
  nowMs = 0;
  /** Fill of each chunk that was let through, by reply. */
  readonly played: [reply: number, value: number | undefined][] = [];
  readonly turns = new Turns({
    idPrefix: 'e',
    firstReply: 1,
    clock: { now: () => this.nowMs },
    timings: DEFAULT_TIMINGS,
  });

  handle(...events: readonly LiveEvent[]): void {
    for (const effect of events.flatMap((event) => this.turns.onEvent(event))) {
      if (effect[0] === 'audio') this.played.push([effect[1], effect[2][0]]);
    }
  }
}

describe('the sound after an interruption', () => {
  let clocked: Clocked;

  beforeEach(() => {
    clocked = new Clocked();
  });

  it('is dropped while it may be of the dead turn, and no longer', () => {
    clocked.handle(sound(1), INTERRUPTED, sound(2));
    clocked.nowMs = 299;
    clocked.handle(sound(3));
    clocked.nowMs = 301;
    clocked.handle(sound(4));
    assert.deepEqual(clocked.played, [
      [1, 1],
      [2, 4],
    ]);
  });

  const goesOn: readonly (readonly [string, (clocked: Clocked) => void])[] = [
    ['words are heard', ({ turns }) => void turns.onEvent(heard(false))],
    ['words are guessed', ({ turns }) => void turns.onEvent(heard(true))],
    ['speech begins', ({ turns }) => void turns.onEvent({ type: 'voiceActivity', activity: 'start' })],
    ['text is typed', ({ turns }) => void turns.typed('And now?', true)],
  ];
  for (const [when, happens] of goesOn) {
    it(`is the next answer, from its first sample, when ${when}`, () => {
      clocked.handle(sound(1), INTERRUPTED, sound(2));
      happens(clocked);
      clocked.handle(sound(3));
      assert.deepEqual(clocked.played, [
        [1, 1],
        [2, 3],
      ]);
    });
  }

  it('is dropped until the service has heard of an interruption by typing, late transcripts or not', () => {
    clocked.handle(sound(1));
    clocked.turns.typed('Stop.', true);
    clocked.nowMs = 900;
    clocked.handle(sound(2), heard(false), sound(3));
    clocked.turns.typed('What is a dowel?', true);
    clocked.handle(sound(4), INTERRUPTED, { type: 'turnComplete' }, sound(5));
    assert.deepEqual(clocked.played, [
      [1, 1],
      [2, 5],
    ]);
  });

  it('is the next answer soon after the service has told of an interruption by typing', () => {
    clocked.handle(sound(1));
    clocked.turns.typed('Stop.', true);
    clocked.handle(INTERRUPTED, sound(2));
    clocked.nowMs = 301;
    clocked.handle(sound(3));
    assert.deepEqual(clocked.played, [
      [1, 1],
      [2, 3],
    ]);
  });

  it('is not dropped for ever when the service never tells of an interruption by typing', () => {
    clocked.handle(sound(1));
    clocked.turns.typed('Stop.', true);
    clocked.nowMs = 1_501;
    clocked.handle(sound(2));
    assert.deepEqual(clocked.played, [
      [1, 1],
      [2, 2],
    ]);
  });

  it('ends no turn of the person when its own end comes late', () => {
    clocked.handle(sound(1), INTERRUPTED, heard(false));
    const effects = clocked.turns.onEvent({ type: 'turnComplete' });
    assert.deepEqual(effects, [], 'the words still wait for their answer');
  });
});
