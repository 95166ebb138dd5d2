import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Conversation } from '../../src/conversations/conversation.ts';
import type { LiveCredentials } from '../../src/live/settings.ts';
import type { SessionController } from '../../src/talk/session-controller.ts';
import { statusLabel } from '../../src/ui/status-label.ts';
import type { Peer, PeerConnection } from '../unit/live/peer.ts';
import { audio, GENERATED, INTERRUPTED, says, TURN_DONE } from '../unit/live/talk.ts';
import { TalkRig } from './talk-rig.ts';
import type { TestSurface } from './test-surface.ts';

const KEY = ['AI', 'za', 'TestOnly-0123456789_abcdefghijk'].join('');

describe('a session and its surfaces', () => {
  let rig: TalkRig;
  let peer: Peer;

  let conversation: Conversation;
  let talk: SessionController;
  let panel: TestSurface;

  beforeEach(async () => {
    rig = await TalkRig.open();
    ({ peer, conversation, talk } = rig);
    panel = addPanel();
  });

  afterEach(() => rig.close());

  const addPanel = (): TestSurface => rig.addPanel();

  async function live(): Promise<PeerConnection> {
    const service = await rig.live();
    await panel.until(() => panel.session?.phase === 'listening');
    return service;
  }

  const samplesPosted = (surface: TestSurface): number =>
    surface.posted.reduce((sum, message) => sum + (message.type === 'audio' ? message.pcm16.byteLength / 2 : 0), 0);

  it('a view that is moved in mid-reply goes on where it was, can be interrupted, and the transcript shows what was heard', async () => {
    const service = await live();
    service.say(says('One two three four five six seven eight nine ten.'), audio(240_000), GENERATED, TURN_DONE);
    await panel.until(() => samplesPosted(panel) === 240_000);
    panel.says({ type: 'played', reply: 1, playedSamples: 48_000, bufferedSamples: 192_000, underruns: 0 });
    panel.dispose();
    const moved = addPanel();
    assert.equal(samplesPosted(moved), 192_000, 'what was not heard yet');
    assert.equal(talk.view.phase, 'speaking');
    moved.says({ type: 'played', reply: 1, playedSamples: 24_000, bufferedSamples: 168_000, underruns: 0 });
    service.say(INTERRUPTED);
    await moved.until(() => moved.posted.some(({ type }) => type === 'flush'));
    assert.equal(talk.view.phase, 'listening');
    const [reply] = conversation.entries;
    assert.ok(reply?.kind === 'reply');
    assert.equal(reply.status, 'interrupted');
    assert.match(reply.text, /^One two three( four)?$/);
  });

  it('shows what an answer was grounded in', async () => {
    const service = await live();
    const web = { uri: 'https://example.com/shelf', title: 'Shelves' };
    const groundingMetadata = { webSearchQueries: ['shelf bolts'], groundingChunks: [{ web }] };
    service.say(says('Twenty-four.'), { serverContent: { groundingMetadata } }, GENERATED, TURN_DONE);
    await panel.until(() => conversation.entries.some(({ kind }) => kind === 'sources'));
    const sources = conversation.entries.find((entry) => entry.kind === 'sources');
    assert.ok(sources);
    assert.deepEqual(sources.links, [{ title: 'Shelves', uri: 'https://example.com/shelf' }]);
    assert.deepEqual(sources.searches, ['shelf bolts']);
  });

  it('start straight after stop begins a new session when the old one is closed', async () => {
    const first = await live();
    void talk.stop();
    assert.equal(talk.view.phase, 'idle', 'nobody is told that they are heard');
    const wanted = panel.posted.findLast((message) => message.type === 'microphone');
    assert.equal(wanted?.wanted, 'off');
    const again = talk.start();
    await first.closed;
    await again;
    const second = await peer.connection();
    await second.accept();
    await panel.until(() => panel.session?.phase === 'listening');
  });

  it('start after stop while credentials are asked for asks anew', async () => {
    const questions: ((found: LiveCredentials | undefined) => void)[] = [];
    let asked = Promise.withResolvers<undefined>();
    rig.credentials = () =>
      new Promise((resolve) => {
        questions.push(resolve);
        asked.resolve(undefined);
      });
    const given = talk.start();
    await asked.promise;
    asked = Promise.withResolvers();
    await talk.stop();
    const second = talk.start();
    await asked.promise;
    questions[0]?.({ kind: 'gemini', apiKey: KEY });
    await given;
    assert.equal(talk.view.phase, 'idle', 'the one that was stopped stays stopped');
    questions[1]?.({ kind: 'gemini', apiKey: KEY });
    await second;
    assert.equal(questions.length, 2);
    assert.equal(talk.view.phase, 'connecting');
  });

  const lateEnds = {
    'are found': ({ resolve }) => resolve({ kind: 'gemini', apiKey: KEY }),
    fail: ({ reject }) => reject(new Error('The secret storage is locked.')),
  } satisfies Record<string, (question: PromiseWithResolvers<LiveCredentials | undefined>) => void>;
  for (const [how, answerLate] of Object.entries(lateEnds)) {
    it(`what is typed after a stop is answered, also where the credentials of the stopped start ${how} late`, async () => {
      const questions: PromiseWithResolvers<LiveCredentials | undefined>[] = [];
      let asked = Promise.withResolvers<undefined>();
      rig.credentials = () => {
        const question = Promise.withResolvers<LiveCredentials | undefined>();
        questions.push(question);
        asked.resolve(undefined);
        return question.promise;
      };
      const [given, wanted] = ['What is this?', 'Which bolt goes here?'];
      const givenUp = talk.type(given);
      await asked.promise;
      asked = Promise.withResolvers();
      await talk.stop();
      const typing = talk.type(wanted);
      await asked.promise;
      if (questions[0]) answerLate(questions[0]);
      await givenUp;
      assert.deepEqual(
        conversation.entries.map(({ text }) => text),
        [given],
        'stays to be seen; the other is not sent yet',
      );
      assert.deepEqual(talk.view.problems, []);
      questions[1]?.resolve({ kind: 'gemini', apiKey: KEY });
      await typing;
      const service = await rig.accepted();
      let sent = '';
      while (!sent.includes(wanted)) sent += JSON.stringify(await service.hears('clientContent'));
      await panel.until(() => conversation.entries.some(({ text }) => text === wanted));
    });
  }

  it('what the person decides while a session ends is told to the next one', async () => {
    const first = await live();
    const stopping = talk.stop();
    talk.tellModel('change', 'The person accepted the change of shelf.ts.');
    await Promise.all([stopping, first.closed]);
    const second = await live();
    assert.match(JSON.stringify(second.heard[0]), /accepted the change of shelf\.ts/);
  });

  it('start pressed twice before there is a session makes one', async () => {
    await Promise.all([talk.start(), talk.start()]);
    await (await peer.connection()).accept();
    await panel.until(() => panel.session?.phase === 'listening');
    assert.equal(peer.connections.length, 1);
  });

  it('without credentials it says so, with the button that mends it, and what was typed is not lost', async () => {
    rig.credentials = () => Promise.resolve(undefined);
    await talk.type('What is this?');
    const [problem] = talk.view.problems;
    assert.equal(problem?.code, 'key-missing');
    assert.deepEqual(
      problem.buttons.map(({ action }) => action),
      ['setUp'],
    );
    assert.deepEqual(
      conversation.entries.map(({ text }) => text),
      ['What is this?'],
    );
  });

  it('what was typed before there was a session is said in it', async () => {
    const typing = talk.type('What is this?');
    const service = await peer.connection();
    await service.accept();
    await typing;
    const content = await service.hears('clientContent');
    assert.match(JSON.stringify(content), /What is this\?/);
  });

  it('the last of what was said goes out before the session closes', async () => {
    const service = await live();
    panel.says({
      type: 'microphoneState',
      state: { kind: 'on', label: 'm', deviceId: 'd', sampleRateHz: 48_000, hardwareMuted: false },
    });
    const stopped = talk.stop();
    panel.says({ type: 'microphoneChunk', sequence: 0, pcm16: new Uint8Array(320).fill(7), level: 0.1 });
    panel.says({ type: 'microphoneState', state: { kind: 'off' } });
    const heard = await service.hears('realtimeInput');
    assert.match(JSON.stringify(heard), /audio\/pcm;rate=16000/);
    await stopped;
  });

  it('a loudspeaker that fails is said, replies are read, and the microphone stays shown', async () => {
    const service = await live();
    panel.says({
      type: 'microphoneState',
      state: { kind: 'on', label: 'm', deviceId: 'd', sampleRateHz: 48_000, hardwareMuted: false },
    });
    panel.says({ type: 'speakerFailed', reason: 'worklet', detail: '' });
    assert.deepEqual(
      talk.view.problems.map(({ code }) => code),
      ['speaker-failed'],
    );
    assert.match(statusLabel(talk.view, rig.shares.view).text, /Listening/);
    service.say(says('A shelf.'), audio(24_000), GENERATED, TURN_DONE);
    await panel.until(() => conversation.entries.some((entry) => entry.kind === 'reply' && entry.status === 'done'));
    assert.equal(talk.view.phase, 'listening');
    const reply = conversation.entries.find(({ kind }) => kind === 'reply');
    assert.ok(reply?.kind === 'reply' && reply.heardLength === reply.text.length);
  });

  it('the status bar says that nobody is heard whenever that is so', async () => {
    await live();
    const label = () => statusLabel(talk.view, rig.shares.view).text;
    const on = { kind: 'on', label: 'm', deviceId: 'd', sampleRateHz: 48_000, hardwareMuted: false } as const;
    const states = [
      [on, /Listening$/],
      [{ ...on, hardwareMuted: true }, /switched off/],
      [{ kind: 'muted', trackHeld: true }, /Muted/],
      [{ kind: 'starting' }, /Opening/],
      [{ kind: 'waiting' }, /Waiting for a click/],
      [{ kind: 'failed', reason: 'denied', detail: '' }, /Typing only/],
      [{ kind: 'off' }, /Typing only/],
    ] as const;
    for (const [state, text] of states) {
      panel.says({ type: 'microphoneState', state });
      assert.match(label(), text, state.kind);
    }
  });
});
