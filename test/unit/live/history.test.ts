import assert from 'node:assert/strict';
import type { PersonEntry, ReplyEntry } from '../../../src/protocol/conversation.ts';
import { Peer } from './peer.ts';
import { handle, hears, Talk } from './talk.ts';

const BEFORE: readonly (PersonEntry | ReplyEntry)[] = [
  { kind: 'person', id: 'a', atMs: 1, via: 'voice', text: 'What is this?', status: 'done' },
  { kind: 'reply', id: 'b', atMs: 2, text: 'A shelf.', heardLength: 8, status: 'done' },
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

  const connected = async (settings: ConstructorParameters<typeof Talk>[0]['settings'] = {}) => {
    talk = new Talk({
      baseUrl: peer.baseUrl,
      settings,
      session: { history: BEFORE, timings: { backoffFirstMs: 1, backoffLongestMs: 2 } },
    });
    talk.session.start();
    return peer.connection();
  };
  const TOLD = /Person: What is this\?.*You: A shelf\./;

  for (const model of ['gemini-3.8-live', 'gemini-3.1-flash-live-preview', 'gemini-9-live-something']) {
    it(`tells ${model} what was said, in its instructions, and the person nothing`, async () => {
      const service = await connected({ model, instructions: 'Be brief.' });
      const setup = JSON.stringify((await service.accept())['systemInstruction']);
      assert.match(setup, /Be brief\./);
      assert.match(setup, TOLD);
      await talk.state('live');
      talk.session.sendMicrophone(new Uint8Array(640));
      await service.hears('realtimeInput');
      assert.deepEqual(
        service.heard.flatMap((message) => Object.keys(message)),
        ['setup', 'realtimeInput'],
        'no turn that would leave the model waiting for the rest of it',
      );
      assert.deepEqual(talk.all('notice'), []);
      assert.deepEqual(talk.all('entry'), []);
    });
  }

  it('does not tell it twice what is typed while it connects', async () => {
    const service = await connected();
    talk.session.sendText('Which board goes on top?');
    const setup = JSON.stringify(await service.accept());
    assert.doesNotMatch(setup, /Which board/);
    const { turns, turnComplete } = await service.hears('clientContent');
    assert.deepEqual(turns, [{ role: 'user', parts: [{ text: 'Which board goes on top?' }] }]);
    assert.equal(turnComplete, true);
  });

  it('tells it again when it resumes, since instructions are taken anew then', async () => {
    const first = await connected();
    await first.accept(handle('h1'), hears('And this?'), { usageMetadata: { totalTokenCount: 1 } });
    await talk.until(() => talk.all('usage').length > 0);
    first.cut();
    const setup = await (await peer.connection()).accept();
    assert.deepEqual(setup['sessionResumption'], { handle: 'h1' });
    assert.match(JSON.stringify(setup['systemInstruction']), TOLD);
    assert.doesNotMatch(JSON.stringify(setup['systemInstruction']), /And this/, 'that the handle brings back');
  });

  it('tells it of a reply what was heard of it', async () => {
    talk = new Talk({
      baseUrl: peer.baseUrl,
      session: {
        history: [{ kind: 'reply', id: 'b', atMs: 2, text: 'A shelf. A lamp.', heardLength: 8, status: 'done' }],
      },
    });
    talk.session.start();
    const setup = JSON.stringify(await (await peer.connection()).accept());
    assert.match(setup, /You: A shelf\./);
    assert.doesNotMatch(setup, /lamp/);
  });

  it('says nothing of an earlier conversation where there was none', async () => {
    talk = new Talk({ baseUrl: peer.baseUrl });
    talk.session.sendText('Hello');
    talk.session.start();
    const setup = await (await peer.connection()).accept();
    assert.equal(setup['systemInstruction'], undefined);
  });
});
