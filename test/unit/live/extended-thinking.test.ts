import assert from 'node:assert/strict';
import { LOCAL_API_KEY, startLiveServer, type LiveServer, type Reply } from '../../live-server/index.ts';
import { Talk } from './talk.ts';

const QUESTION = 'Which screw?';
/** A millisecond, so that the floor is not taken for the sake of its sound. */
const FILLER: Reply = { audio: new Int16Array(24), transcript: 'Let me think.' };
const ANSWER: Reply = { audio: new Int16Array(480), transcript: 'The long one.' };

describe('a model that fills the time while it thinks', () => {
  let server: LiveServer;
  let talks: Talk[];

  beforeEach(async () => {
    talks = [];
    server = await startLiveServer({
      delivery: { firstAudioDelayMs: 0, timesRealTime: 100, turnComplete: 'early' },
      script: {
        connections: [
          { steps: [{ on: 'text', reply: FILLER }] },
          { steps: [{ on: 'text', reply: { ...FILLER, thinksOn: true } }] },
        ],
      },
    });
  });

  afterEach(async () => {
    for (const talk of talks) talk.session.dispose();
    await server.close();
  });

  const asked = async (): Promise<Talk> => {
    const talk = new Talk({
      baseUrl: server.baseUrl,
      credentials: { kind: 'gemini', apiKey: LOCAL_API_KEY },
      settings: { model: 'gemini-3.8-live-extended-thinking' },
      session: { timings: { noteDelayMs: 1 } },
    });
    talks.push(talk);
    talk.session.start();
    await talk.state('live');
    talk.session.sendText(QUESTION);
    await server.next('reply-finished');
    await talk.until(() => talk.lines.includes('reply: Let me think. (done)'));
    return talk;
  };

  it('is not interrupted by a note, and told of it when it has answered', async () => {
    const done = await asked();
    const thinking = await asked();
    thinking.session.tell('shares', 'The person shares a screen.');
    done.session.tell('shares', 'The person shares a screen.');
    assert.equal((await server.next('context')).connection, 0, 'the one that thinks waits, though it was told first');
    server.connection.act({ reply: ANSWER });
    assert.equal((await server.next('reply-finished')).reply.text, 'The long one.');
    assert.equal((await server.next('context')).connection, 1);
    assert.deepEqual(
      server.events.filter(({ type }) => type === 'thinking-interrupted' || type === 'interrupted'),
      [],
    );
  });

  it('is interrupted by what is asked then', async () => {
    await asked();
    const thinking = await asked();
    thinking.session.sendText('Never mind.');
    assert.equal((await server.next('thinking-interrupted')).connection, 1);
  });
});
