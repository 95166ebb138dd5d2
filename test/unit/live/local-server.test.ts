import assert from 'node:assert/strict';
import {
  LOCAL_API_KEY,
  pcm16ToBytes,
  speak,
  startLiveServer,
  type LiveServer,
  type LiveServerOptions,
} from '../../live-server/index.ts';
import { LIVE_MODELS, PREBUILT_VOICES } from '../../live-server/index.ts';
import { Talk } from './talk.ts';
import { LOOK, REST } from './tools.ts';

const CREDENTIALS = { kind: 'gemini' as const, apiKey: LOCAL_API_KEY };
const LONG_REPLY =
  'First slide the back panel into the groove of the left side. Then press the four dowels into the holes of the shelf, ' +
  'turn it over, and put the right side on. Do not use the screws yet, because the panel still has to move a little.';

describe('a conversation with the strict local server', () => {
  let server: LiveServer;
  let talk: Talk;

  afterEach(async () => {
    talk.session.dispose();
    await server.close();
  });

  const begin = async (
    options: LiveServerOptions,
    settings: ConstructorParameters<typeof Talk>[0]['settings'] = {},
  ) => {
    server = await startLiveServer({ delivery: { firstAudioDelayMs: 0 }, ...options });
    talk = new Talk({ baseUrl: server.baseUrl, credentials: CREDENTIALS, settings });
    talk.session.start();
  };

  /** Speaks into the microphone in chunks of 20 ms, as fast as the session takes them. */
  const say = async (text: string) => {
    const { pcm16 } = await speak(text, { rateHz: 16_000 });
    const bytes = pcm16ToBytes(Int16Array.of(...new Int16Array(8000), ...pcm16, ...new Int16Array(24_000)));
    for (let at = 0; at < bytes.length; at += 640) talk.session.sendMicrophone(bytes.subarray(at, at + 640));
  };

  for (const { name, services, clientContent } of LIVE_MODELS) {
    if (!services.includes('gemini')) continue;
    it(`${name} takes every setting, speech and typed text`, async () => {
      const settings = {
        model: name,
        voice: [...PREBUILT_VOICES][3] ?? '',
        thinking: 'high' as const,
        reply: 'text' as const,
        instructions: 'Be brief.',
        pictureDetail: 'high' as const,
        tools: [LOOK, REST],
        voiceActivity: {
          startSensitivity: 'high' as const,
          endSensitivity: 'high' as const,
          silenceMs: 500,
          prefixMs: 100,
        },
      };
      await begin(
        {
          script: {
            connections: [
              {
                steps: [
                  { on: 'speech', hear: 'What is a dowel?', reply: { say: 'A wooden pin.' } },
                  { on: 'text', contains: 'screw', reply: { say: 'A metal one.' } },
                ],
              },
            ],
          },
        },
        settings,
      );
      await talk.state('live');
      await say('What is a dowel?');
      await talk.until(() => talk.lines.includes('reply: A wooden pin. (done)'));
      talk.session.played(1, talk.audio(1).length / 2);
      talk.session.sendText('And a screw?');
      const { via } = await server.next('text');
      assert.equal(via === 'clientContent', clientContent === 'throughout' && name.includes('3.8'));
      await talk.until(() => talk.lines.includes('reply: A metal one. (done)'));
      assert.deepEqual(talk.lines, [
        'person: What is a dowel? (done)',
        'reply: A wooden pin. (done)',
        'person: And a screw? (done)',
        'reply: A metal one. (done)',
      ]);
      const [first] = server.connection.record.replies;
      assert.ok(first !== undefined);
      assert.deepEqual(talk.audio(1), Buffer.from(pcm16ToBytes(first.pcm16)));
      assert.equal(server.events.filter(({ type }) => type === 'violation').length, 0);
    }).timeout(20_000);
  }

  it('writes its replies where a model can', async () => {
    const model = 'gemini-2.0-flash-live-001';
    const steps = [{ on: 'text' as const, reply: { say: LONG_REPLY } }];
    await begin({ textModelName: model, script: { connections: [{ steps }] } }, { model, reply: 'text' });
    talk.session.sendText('How do I begin?');
    await talk.until(() => talk.lines.includes(`reply: ${LONG_REPLY} (done)`));
    const [, reply] = talk.entries;
    assert.equal(reply?.kind === 'reply' && reply.heardLength, LONG_REPLY.length, 'what is read counts as heard');
    assert.equal(talk.all('audio').length, 0);
  });

  for (const transcript of ['before', 'after'] as const) {
    it(`knows what was heard of a spoken reply, with its transcript ${transcript} the audio`, async () => {
      const delivery = {
        timesRealTime: 40,
        transcript,
        firstAudioDelayMs: 0,
        turnComplete: 'early' as const,
        partsPerFrame: 2,
      };
      await begin({
        delivery,
        seed: 7,
        script: { connections: [{ steps: [{ on: 'text', reply: { say: LONG_REPLY } }] }] },
      });
      talk.session.sendText('How do I begin?');
      await talk.until(() => talk.lines.includes(`reply: ${LONG_REPLY} (done)`));
      const [reply] = server.connection.record.replies;
      assert.ok(reply !== undefined);
      const counts: number[] = [];
      for (const word of reply.words) {
        // In the middle of a word, those before it have been heard.
        talk.session.played(1, (word.startSample + word.endSample) / 2);
        const entry = talk.entries.at(-1);
        const heard = entry?.kind === 'reply' ? entry.text.slice(0, entry.heardLength) : '';
        counts.push(heard.split(' ').filter((text) => text !== '').length);
      }
      const off = counts.map((count, i) => count - i);
      assert.ok(Math.max(...off.map(Math.abs)) <= 1, off.join(' '));
    });
  }

  it('resumes with a handle the server knows, after a goAway and after a loss, with speech in between', async () => {
    await begin({
      script: {
        connections: [
          {
            steps: [
              { on: 'text', reply: { say: 'Yes.' } },
              { on: 'reply-finished', goAway: { timeLeftMs: 20_000 } },
            ],
          },
          {
            steps: [
              { on: 'text', reply: { say: 'Still here.' } },
              { on: 'reply-finished', terminate: true },
            ],
          },
          { steps: [{ on: 'speech', hear: 'And now?', reply: { say: 'Here again.' } }] },
        ],
      },
    });
    talk.session.sendText('Are you there?');
    await server.next('setup-complete', ({ resumed }) => resumed);
    await talk.state('live');
    talk.session.sendText('Are you still there?');
    await talk.until(() =>
      talk.all('state').some(({ state }) => state.kind === 'reconnecting' && state.failure !== undefined),
    );
    await say('And now?');
    await talk.until(() => talk.lines.includes('reply: Here again. (done)'));
    await server.ever('utterance');
    assert.equal(server.events.filter((event) => event.type === 'setup-complete' && event.resumed).length, 2);
    assert.equal(talk.all('notice').length, 0, 'nothing was lost that a person would have to know of');
  }).timeout(20_000);
});
