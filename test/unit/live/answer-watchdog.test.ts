import assert from 'node:assert/strict';
import { AnswerWatchdog } from '../../../src/live/connection/answer-watchdog.ts';
import type { LiveEvent } from '../../../src/live/wire/live-event.ts';
import { DEFAULT_TIMINGS } from '../../../src/live/timings.ts';

const QUESTION: LiveEvent = { type: 'inputTranscript', text: 'Hello?', finished: false, interim: false, words: [] };
const status = (status: string): LiveEvent => ({ type: 'interactionStatus', status });

describe('a resumed session that hears a question', () => {
  const watch = () => {
    let isPoisoned = false;
    let notice: () => void = () => undefined;
    const poisoned = new Promise<void>((resolve) => (notice = resolve));
    const answers = new AnswerWatchdog({ ...DEFAULT_TIMINGS, poisonedMs: 1 }, true);
    answers.on('poisoned', () => {
      isPoisoned = true;
      notice();
    });
    watches.push(answers);
    return { answers, poisoned, isPoisoned: () => isPoisoned };
  };
  let watches: AnswerWatchdog[] = [];

  afterEach(() => {
    for (const answers of watches) answers.dispose();
    watches = [];
  });

  /** Until one that was asked later than all others, and does not think, is given up. */
  const longEnough = async () => {
    const { answers, poisoned } = watch();
    answers.onEvent(QUESTION);
    await poisoned;
  };

  it('is not given up while it says that it thinks', async () => {
    const { answers, isPoisoned } = watch();
    answers.onEvent(QUESTION);
    answers.onEvent(status('IN_PROGRESS'));
    answers.answerDue();
    answers.onEvent(QUESTION);
    await longEnough();
    assert.equal(isPoisoned(), false);
  });

  it('is given up when it stops to think and does not answer all the same', async () => {
    const { answers, poisoned } = watch();
    answers.onEvent(status('IN_PROGRESS'));
    answers.onEvent(QUESTION);
    answers.onEvent(status('IDLE'));
    await poisoned;
  });

  it('is not given up for thinking of which nobody had asked', async () => {
    const { answers, isPoisoned } = watch();
    answers.onEvent(status('IN_PROGRESS'));
    answers.onEvent(status('IDLE'));
    await longEnough();
    assert.equal(isPoisoned(), false);
  });

  it('is not given up once it has answered, however it goes on', async () => {
    const { answers, isPoisoned } = watch();
    answers.onEvent(QUESTION);
    answers.onEvent(status('IN_PROGRESS'));
    answers.onEvent({ type: 'turnComplete' });
    answers.onEvent(QUESTION);
    answers.onEvent(status('IDLE'));
    await longEnough();
    assert.equal(isPoisoned(), false);
  });
});
