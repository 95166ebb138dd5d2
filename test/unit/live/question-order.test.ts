import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { LiveEvent } from '../../../src/live/wire/live-event.ts';
import { Turns } from '../../../src/live/turns/turns.ts';
import type { PersonEntry, ReplyEntry } from '../../../src/protocol/conversation.ts';

const heard = (text: string): LiveEvent => ({
  type: 'inputTranscript',
  text,
  finished: false,
  interim: false,
  words: [],
});
const said = (text: string): LiveEvent => ({ type: 'outputTranscript', text, finished: false, words: [] });
const sound: LiveEvent = { type: 'audio', pcm16: new Uint8Array(480), sampleRateHz: 24_000 };

/** The conversation as it reads after these events: by time, each with its text. */
function conversationAfter(events: readonly LiveEvent[]): string[] {
  let nowMs = 1_000;
  const turns = new Turns({
    idPrefix: 'e',
    firstReply: 1,
    clock: { now: () => (nowMs += 10) },
    timings: { deadTurnMs: 5_000, cutTurnMs: 5_000 },
  });
  turns.setCaptionsOnly(true);
  const entries = new Map<string, PersonEntry | ReplyEntry>();
  for (const event of events) {
    for (const effect of turns.onEvent(event)) if (effect[0] === 'entry') entries.set(effect[1].id, effect[1]);
  }
  return [...entries.values()].sort((a, b) => a.atMs - b.atMs).map(({ text }) => text.trim());
}

describe('a question whose transcript trails the answer', () => {
  it('stands before the answer', () => {
    const events = [sound, said('A shelf.'), heard('What is this?'), { type: 'turnComplete' } as const];
    assert.deepEqual(conversationAfter(events), ['What is this?', 'A shelf.']);
  });

  it('is not mixed with what interrupts the answer', () => {
    const events: LiveEvent[] = [
      sound,
      said('A shelf with'),
      heard('What is '),
      heard('this?'),
      { type: 'interrupted' },
      { type: 'turnComplete' },
      heard('How many screws?'),
      sound,
      said('Twelve.'),
      { type: 'turnComplete' },
    ];
    assert.deepEqual(conversationAfter(events), ['What is this?', 'A shelf with', 'How many screws?', 'Twelve.']);
  });

  it('of two turns in a row finds each its place', () => {
    const turn = (question: string, answer: string): LiveEvent[] => [
      sound,
      said(answer),
      heard(question),
      { type: 'turnComplete' },
    ];
    const events = [...turn('One?', 'First.'), ...turn('Two?', 'Second.')];
    assert.deepEqual(conversationAfter(events), ['One?', 'First.', 'Two?', 'Second.']);
  });
});
