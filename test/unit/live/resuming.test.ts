import assert from 'node:assert/strict';
import { Peer, type Json, type PeerConnection } from './peer.ts';
import { audio, GENERATED, handle, hears, says, Talk, TURN_DONE, type TalkOptions } from './talk.ts';

const QUICK = { backoffFirstMs: 1, backoffLongestMs: 2 };

describe('resuming', () => {
  let peer: Peer;
  let talk: Talk;
  let service: PeerConnection;

  beforeEach(async () => {
    peer = await Peer.listen();
  });

  afterEach(async () => {
    talk.session.dispose();
    await peer.close();
  });

  const live = async (options: Partial<TalkOptions> = {}) => {
    talk = new Talk({ baseUrl: peer.baseUrl, session: { timings: QUICK }, ...options });
    talk.session.start();
    service = await peer.connection();
    await service.accept();
    await talk.state('live');
  };
  const say = async (...messages: Json[]) => {
    const seen = talk.all('usage').length;
    service.say(...messages, { usageMetadata: { totalTokenCount: 1 } });
    await talk.until(() => talk.all('usage').length > seen);
  };
  const goAway = (timeLeft: string): Json => ({ goAway: { timeLeft } });
  const next = async (): Promise<Json> => {
    service = await peer.connection();
    return service.accept();
  };
  const notices = () => talk.all('notice').map(({ sentence }) => sentence);

  it('follows a goAway: the old socket is closed before the new one opens, and nobody is told of trouble', async () => {
    await live();
    await say(handle('h1'));
    const old = service;
    let closedFirst = false;
    void old.closed.then(() => (closedFirst = peer.upgradeUrls.length === 1));
    service.say(goAway('50s'));
    assert.deepEqual((await next())['sessionResumption'], { handle: 'h1' });
    await talk.state('live');
    assert.equal(closedFirst, true);
    assert.deepEqual(notices(), []);
    assert.ok(talk.all('state').every(({ state }) => state.kind !== 'reconnecting' || state.failure === undefined));
  });

  it('waits with it for the end of a reply and its handle', async () => {
    await live();
    await say(handle('h1'), says('Once upon'), audio(480), goAway('50s'));
    await say(says(' a time.'), audio(480), GENERATED, TURN_DONE);
    assert.equal(talk.session.state.kind, 'live', 'the handle of before the reply would forget it');
    service.say(handle('h2'));
    assert.deepEqual((await next())['sessionResumption'], { handle: 'h2' });
    assert.deepEqual(talk.lines, ['reply: Once upon a time. (done)']);
  });

  it('does not wait longer than there is time, even when the service says nothing more', async () => {
    await live({ session: { timings: { ...QUICK, goAwayReserveMs: 50 } } });
    await say(handle('h1'), says('Once upon'), audio(480));
    service.say(goAway('0.06s'));
    assert.deepEqual((await next())['sessionResumption'], { handle: 'h1' });
    assert.deepEqual(talk.lines, ['reply: Once upon (done)']);
    assert.equal(talk.all('audioEnd').length, 1, 'what came is played to its end');
  });

  it('keeps what is said and typed meanwhile and sends it when the session is back', async () => {
    await live();
    await say(handle('h1'));
    service.cut();
    await talk.state('reconnecting');
    const chunks = Array.from({ length: 50 }, (_, i) => new Uint8Array(640).fill(i + 1));
    for (const chunk of chunks) talk.session.sendMicrophone(chunk);
    talk.session.sendText('typed meanwhile');
    await next();
    assert.deepEqual((await service.hears('clientContent'))['turnComplete'], true);
    for (const chunk of chunks) {
      const { audio: blob } = await service.hears('realtimeInput');
      assert.equal((blob as { data: string }).data, Buffer.from(chunk).toString('base64'));
    }
  });

  it('sends typed text again that went down with the connection', async () => {
    await live();
    await say(handle('h1'));
    talk.session.sendText('What is this?');
    await service.hears('clientContent');
    service.cut();
    await next();
    const { turns } = await service.hears('clientContent');
    assert.deepEqual(turns, [{ role: 'user', parts: [{ text: 'What is this?' }] }]);
    assert.deepEqual(talk.lines, ['person: What is this? (done)'], 'shown once');
  });

  it('sends all typed texts again that nobody has answered, in order, each once', async () => {
    await live();
    await say(handle('h1'), audio(480));
    talk.session.sendText('Yes.');
    talk.session.sendText('And the second?');
    for (let i = 0; i < 2; i += 1) await service.hears('clientContent');
    service.cut();
    await talk.state('reconnecting');
    talk.session.sendText('Yes.');
    await next();
    const typed: unknown[] = [];
    for (let i = 0; i < 3; i += 1) typed.push((await service.hears('clientContent'))['turns']);
    assert.deepEqual(
      typed,
      ['Yes.', 'And the second?', 'Yes.'].map((text) => [{ role: 'user', parts: [{ text }] }]),
    );
    talk.session.sendMicrophone(new Uint8Array(640));
    await service.hears('realtimeInput');
    assert.equal(service.heard.filter((message) => 'clientContent' in message).length, 3);
  });

  const dealtWith: readonly (readonly [string, readonly Json[]])[] = [
    ['has begun to answer', [audio(480)]],
    ['left without an answer', [TURN_DONE]],
  ];
  for (const [how, messages] of dealtWith) {
    it(`does not send again what the model ${how}`, async () => {
      await live();
      await say(handle('h1'));
      talk.session.sendText('What is this?');
      await service.hears('clientContent');
      await say(...messages);
      service.cut();
      await next();
      await talk.state('live');
      talk.session.sendMicrophone(new Uint8Array(640));
      await service.hears('realtimeInput');
      assert.deepEqual(
        service.heard.flatMap((message) => Object.keys(message)),
        ['setup', 'realtimeInput'],
      );
    });
  }

  it('still sends again what was typed into a reply of which more comes', async () => {
    await live({ settings: { model: 'gemini-3.1-flash-live-preview' }, session: { timings: QUICK } });
    await say(handle('h1'), says('Once upon'), audio(480));
    talk.session.sendText('Which screw?');
    await service.hears('realtimeInput');
    await say(says(' a time.'), audio(480), GENERATED, TURN_DONE);
    service.cut();
    await next();
    assert.deepEqual(await service.hears('realtimeInput'), { text: 'Which screw?' });
  });

  it('without a handle begins afresh, tells the model what was said and heard, and says so', async () => {
    await live({ settings: { instructions: 'Be brief.' } });
    await say(hears('My name is Ida.'), says('Hello Ida.'), audio(480), GENERATED, TURN_DONE);
    talk.session.played(1, 480);
    service.cut();
    const setup = await next();
    assert.deepEqual(setup['sessionResumption'], {});
    assert.match(JSON.stringify(setup['systemInstruction']), /Be brief\..*Person: My name is Ida\..*You: Hello Ida\./);
    await talk.until(() => notices().length > 0);
    assert.match(notices()[0] ?? '', /could not be resumed/);
  });

  it('leaves a handle alone that two short sessions died on', async () => {
    await live();
    await say(handle('h1'));
    service.cut();
    for (const expected of [{ handle: 'h1' }, { handle: 'h1' }, {}]) {
      assert.deepEqual((await next())['sessionResumption'], expected);
      if ('handle' in expected) service.cut();
    }
  });

  it('notices a resumed session that hears but never answers', async () => {
    await live({ session: { timings: { ...QUICK, poisonedMs: 20 } } });
    await say(handle('h1'));
    service.cut();
    assert.deepEqual((await next())['sessionResumption'], { handle: 'h1' });
    service.say(hears('Hello?'));
    assert.deepEqual((await next())['sessionResumption'], {});
  });

  it('notices a session that froze while an answer was due', async () => {
    await live({ session: { timings: { ...QUICK, frozenMs: 20 } } });
    await say(handle('h1'));
    talk.session.sendText('Hello?');
    assert.deepEqual((await next())['sessionResumption'], { handle: 'h1' });
  });

  it('does not count numbers of replies anew', async () => {
    await live({ session: { timings: QUICK, firstReply: 41 } });
    await say(handle('h1'), audio(480), GENERATED, TURN_DONE);
    service.cut();
    await next();
    await say(audio(480), GENERATED, TURN_DONE);
    assert.deepEqual(
      talk.all('audio').map(({ reply }) => reply),
      [41, 42],
    );
  });

  it('ends at once when the person stops while it waits for the next attempt', async () => {
    await live({ session: { timings: { backoffFirstMs: 60_000, backoffLongestMs: 60_000 } } });
    service.close(1011, 'The service is currently unavailable.');
    const { retryAtMs, failure } = await talk.state('reconnecting');
    assert.ok(retryAtMs !== undefined && retryAtMs > Date.now());
    assert.equal(failure?.code, 'service-unavailable');
    await talk.session.stop();
    assert.deepEqual(talk.session.state, { kind: 'ended', reason: { kind: 'stopped' } });
  });
});
