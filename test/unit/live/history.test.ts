import assert from 'node:assert/strict';
import type { PersonEntry, ReplyEntry } from '../../../src/protocol/conversation.ts';
import { Peer } from './peer.ts';
import { Talk } from './talk.ts';

const BEFORE: readonly (PersonEntry | ReplyEntry)[] = [
  { kind: 'person', id: 'a', atMs: 1, via: 'voice', text: 'What is this?', status: 'done' },
  { kind: 'reply', id: 'b', atMs: 2, text: 'A shelf.', heardLength: 8, status: 'done' },
];

const TURNS = [
  { role: 'user', parts: [{ text: 'What is this?' }] },
  { role: 'model', parts: [{ text: 'A shelf.' }] },
];

describe('a session that goes on from an earlier conversation', () => {
  let peer: Peer;
  let talk: Talk;

  beforeEach(async () => {
    peer = await Peer.listen();
  });
  afterEach(async () => {
    talk.session.dispose();
    await peer.close();
  });

  it('tells the model what was said, without asking for an answer, and the person nothing', async () => {
    talk = new Talk({ baseUrl: peer.baseUrl, session: { history: BEFORE } });
    talk.session.start();
    const service = await peer.connection();
    await service.accept();
    assert.deepEqual(await service.hears('clientContent'), { turns: TURNS, turnComplete: false });
    await talk.state('live');
    assert.deepEqual(talk.all('notice'), []);
    assert.deepEqual(talk.all('entry'), []);
  });

  it('does not tell it twice what is typed while it connects', async () => {
    talk = new Talk({ baseUrl: peer.baseUrl, session: { history: BEFORE } });
    talk.session.start();
    talk.session.sendText('Which board goes on top?');
    const service = await peer.connection();
    await service.accept();
    assert.deepEqual(await service.hears('clientContent'), { turns: TURNS, turnComplete: false });
    assert.deepEqual(await service.hears('clientContent'), {
      turns: [{ role: 'user', parts: [{ text: 'Which board goes on top?' }] }],
      turnComplete: true,
    });
  });

  it('tells it in the instructions where the model takes no turns of the past', async () => {
    const settings = { model: 'gemini-3.1-flash-live-preview' };
    talk = new Talk({ baseUrl: peer.baseUrl, settings, session: { history: BEFORE } });
    talk.session.start();
    const service = await peer.connection();
    const setup = await service.accept();
    assert.match(JSON.stringify(setup['systemInstruction']), /Person: What is this\?.*You: A shelf\./);
  });
});
