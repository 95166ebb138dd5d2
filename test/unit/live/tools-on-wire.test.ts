import assert from 'node:assert/strict';
import {
  LIVE_MODELS,
  LOCAL_ACCESS_TOKEN,
  LOCAL_API_KEY,
  startLiveServer,
  type LiveServer,
  type Step,
} from '../../live-server/index.ts';
import { OAuth2Client } from 'google-auth-library';
import type { LiveCredentials } from '../../../src/live/settings.ts';
import { picture } from './jpeg.ts';
import { Talk } from './talk.ts';
import { LOOK, REST } from './tools.ts';

const CALLS: Step = {
  on: 'text',
  toolCall: [
    { name: 'look', args: { source: 'screen', box: [0, 0, 500, 500] } },
    { name: 'rest' },
    { name: 'made_up' },
  ],
};

function credentials(service: 'gemini' | 'vertex'): LiveCredentials {
  if (service === 'gemini') return { kind: 'gemini', apiKey: LOCAL_API_KEY };
  const authClient = new OAuth2Client();
  authClient.setCredentials({ access_token: LOCAL_ACCESS_TOKEN, expiry_date: Date.now() + 3_600_000 });
  return { kind: 'vertex', project: 'a-project', location: 'us-central1', authClient };
}

describe('tools, pictures and notes, judged by the strict local server,', () => {
  let server: LiveServer;
  let talk: Talk;

  afterEach(async () => {
    talk.session.dispose();
    await server.close();
  });

  const begin = async (steps: readonly (readonly Step[])[], model: string, service: 'gemini' | 'vertex' = 'gemini') => {
    server = await startLiveServer({
      delivery: { firstAudioDelayMs: 0, timesRealTime: 100, turnComplete: 'early' },
      script: { connections: steps.map((each) => ({ steps: each })) },
    });
    talk = new Talk({
      baseUrl: server.baseUrl,
      credentials: credentials(service),
      settings: { model, tools: [LOOK, REST] },
      session: { timings: { noteDelayMs: 1, backoffFirstMs: 1, backoffLongestMs: 2 } },
    });
    talk.session.start();
    await talk.state('live');
  };
  const calls = async (count: number) => {
    await talk.until(() => talk.all('toolCall').length === count);
    return talk.all('toolCall').map(({ call }) => call);
  };
  const violations = () => server.events.filter(({ type }) => type === 'violation');

  for (const { name, services, clientContent } of LIVE_MODELS) {
    for (const service of services) {
      it(`are taken by ${name} on ${service}`, async () => {
        await begin(
          [[CALLS, { on: 'tool-response' }, { on: 'tool-response' }, { on: 'tool-response' }]],
          name,
          service,
        );
        talk.session.sendPicture('screen', picture({ bytes: 90_000 }));
        await server.next('picture');
        talk.session.tell('shares', 'The person shares a screen.');
        if (clientContent === 'throughout') await server.next('context');
        talk.session.sendText('What is this?');
        const [look, rest] = await calls(2);
        look?.answer({ response: { status: 'ok' }, stills: [picture({ mark: 1 }), picture({ mark: 2 })] });
        rest?.answer({ response: {}, quiet: true });
        for (let answered = 0; answered < 3; answered += 1) await server.next('tool-response');
        const { record } = server.connection;
        assert.deepEqual(
          record.toolCalls.calls.map(({ answers }) => answers.length),
          [1, 1, 1],
        );
        assert.equal(record.pictureCount, 3);
        assert.deepEqual(violations(), []);
      });
    }
  }

  it('a call is answered on the next connection when its handle came after the call', async () => {
    await begin([[CALLS], [{ on: 'tool-response', reply: { say: 'A pin.' } }]], 'gemini-3.8-live');
    talk.session.sendText('What is this?');
    const [look, rest] = await calls(2);
    await server.next('tool-response');
    rest?.answer({ response: {} });
    await server.next('tool-response');
    server.connection.act({ handle: true });
    await server.next('handle');
    server.connection.act({ goAway: { timeLeftMs: 20_000 } });
    await server.next('setup-complete', ({ resumed }) => resumed);
    look?.answer({ response: { found: 'a pin' } });
    await talk.until(() => talk.lines.includes('reply: A pin. (done)'));
    assert.deepEqual(server.connection.record.texts, [], 'what was typed is not asked again');
    assert.equal(server.connection.record.toolCalls.calls.length, 1, 'the answered ones are done with');
    assert.deepEqual(violations(), []);
  });

  it('a call is not answered on the next connection when its handle came before the call', async () => {
    await begin([[{ on: 'text', handle: true }, CALLS]], 'gemini-3.8-live');
    talk.session.sendText('Hello.');
    await server.next('handle');
    talk.session.sendText('What is this?');
    const [look] = await calls(2);
    server.connection.act({ terminate: true });
    await server.next('setup-complete', ({ resumed }) => resumed);
    look?.answer({ response: { found: 'a pin' } });
    // What was typed and not answered is sent again, since the handle does not know it, and the result rides on it.
    await server.next('text', ({ text }) => text.includes('a pin'));
    await server.next('text', ({ text }) => text === 'What is this?');
    assert.deepEqual(server.records[1]?.toolCalls.calls, []);
    assert.deepEqual(violations(), []);
  });
});
