import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { ReplyEntry } from '../../../src/protocol/conversation.ts';
import type { ConversationMessage } from '../../../src/protocol/messages.ts';
import { ConversationMessages } from '../../../src/talk/conversation-messages.ts';

const TEXT = 'First lay two uprights on the floor.';

const reply = (heardLength: number, status: ReplyEntry['status'] = 'open'): ReplyEntry => ({
  kind: 'reply',
  id: '1',
  atMs: 0,
  text: TEXT,
  heardLength,
  status,
});

describe('What surfaces are told of the conversation', () => {
  let told: ConversationMessage[];
  let messages: ConversationMessages;
  const heardLengths = () =>
    told.flatMap(({ entries }) => entries.map((entry) => 'heardLength' in entry && entry.heardLength));

  beforeEach(() => {
    told = [];
    messages = new ConversationMessages({ broadcast: (message) => told.push(message as ConversationMessage) });
  });
  afterEach(() => messages.dispose());

  it('is the beginning of a reply at once, what it grows by a little later and only the newest', async () => {
    for (const heardLength of [0, 5, 9, 13]) messages.changed({ reset: false, entries: [reply(heardLength)] });
    assert.deepEqual(heardLengths(), [0]);
    while (told.length < 2) await pause(10);
    assert.deepEqual(heardLengths(), [0, 13]);
  });

  it('is the end of a reply at once, with all that waited', () => {
    messages.changed({ reset: false, entries: [reply(0)] });
    messages.changed({ reset: false, entries: [reply(5)] });
    messages.changed({ reset: false, entries: [reply(9, 'interrupted')] });
    assert.deepEqual(heardLengths(), [0, 9]);
  });

  it('is another conversation at once, and nothing more of the one before', async () => {
    messages.changed({ reset: false, entries: [reply(0)] });
    messages.changed({ reset: false, entries: [reply(5)] });
    messages.changed({ reset: true, entries: [] });
    await pause(300);
    assert.deepEqual(told.at(-1), { type: 'conversation', reset: true, entries: [] });
  });
});
