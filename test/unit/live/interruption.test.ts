import assert from 'node:assert/strict';
import { Peer, type Json, type PeerConnection } from './peer.ts';
import { audio, GENERATED, hears, INTERRUPTED, says, Talk, TURN_DONE } from './talk.ts';

const SECOND = 24_000;
/** Ten words, a tenth of a second each when they come with one second of audio. */
const TEN_WORDS = 'aaa bbb ccc ddd eee fff ggg hhh iii jjj';

describe('an interruption', () => {
  let peer: Peer;
  let talk: Talk;
  let service: PeerConnection;

  beforeEach(async () => {
    peer = await Peer.listen();
    // What is dead is told by what comes, not by the clock.
    const timings = { deadTurnMs: 60_000, cutTurnMs: 60_000 };
    talk = new Talk({ baseUrl: peer.baseUrl, session: { timings } });
    talk.session.start();
    service = await peer.connection();
    await service.accept();
    await talk.state('live');
  });

  afterEach(async () => {
    talk.session.dispose();
    await peer.close();
  });

  /** Says it and waits until the session has taken it in. */
  const say = async (...messages: Json[]) => {
    const seen = talk.all('usage').length;
    service.say(...messages, { usageMetadata: { totalTokenCount: 1 } });
    await talk.until(() => talk.all('usage').length > seen);
  };
  const flushes = () => talk.all('flush').map(({ throughReply }) => throughReply);

  it('silences the reply at once and leaves of its text what was heard', async () => {
    await say(hears('Tell me.'), says(TEN_WORDS), audio(SECOND), GENERATED);
    talk.session.played(1, SECOND / 2);
    await say(INTERRUPTED, TURN_DONE);
    assert.deepEqual(flushes(), [1]);
    assert.deepEqual(talk.lines, ['person: Tell me. (done)', 'reply: aaa bbb ccc ddd eee (interrupted)']);
  });

  it('counts what was really played when the report of it comes after the interruption', async () => {
    await say(says(TEN_WORDS), audio(SECOND), GENERATED);
    talk.session.played(1, SECOND * 0.3);
    await say(INTERRUPTED);
    assert.deepEqual(talk.lines, ['reply: aaa bbb ccc (interrupted)']);
    talk.session.played(1, SECOND * 0.52);
    assert.deepEqual(talk.lines, ['reply: aaa bbb ccc ddd eee (interrupted)']);
  });

  it('drops audio of the dead turn that still comes, and plays the next turn from its first sample', async () => {
    await say(says(TEN_WORDS), audio(SECOND, 1));
    await say(INTERRUPTED, audio(480, 2), TURN_DONE, audio(480, 3), says('Yes?'), GENERATED, TURN_DONE);
    assert.equal(talk.audio(1).length, SECOND * 2);
    assert.deepEqual(talk.audio(2), Buffer.from(new Int16Array(480).fill(3).buffer));
  });

  it('silences a reply that is complete but still playing', async () => {
    await say(says(TEN_WORDS), audio(SECOND), GENERATED, TURN_DONE);
    talk.session.played(1, SECOND / 2);
    await say(hears('Wait'), INTERRUPTED, hears(' a moment.'), TURN_DONE);
    assert.deepEqual(flushes(), [1]);
    await say(audio(480, 3), says('Sure.'), GENERATED, TURN_DONE);
    assert.deepEqual(talk.lines, [
      'reply: aaa bbb ccc ddd eee (interrupted)',
      'person: Wait a moment. (done)',
      'reply: Sure. (done)',
    ]);
    assert.equal(talk.audio(2).length, 960);
  });

  it('before anything was said is harmless', async () => {
    await say(INTERRUPTED, TURN_DONE, audio(480), says('Hello.'), GENERATED, TURN_DONE);
    assert.deepEqual(flushes(), []);
    assert.deepEqual(talk.lines, ['reply: Hello. (done)']);
    assert.equal(talk.audio(1).length, 960);
    assert.ok(!talk.log.some((line) => line.includes('without words')), 'it is no silent turn');
  });

  it('after everything was heard changes nothing', async () => {
    await say(says(TEN_WORDS), audio(SECOND), GENERATED, TURN_DONE);
    talk.session.played(1, SECOND);
    await say(INTERRUPTED, TURN_DONE);
    assert.deepEqual(flushes(), []);
    assert.deepEqual(talk.lines, [`reply: ${TEN_WORDS} (done)`]);
  });

  it('keeps a transcript that trails it, as far as it was heard', async () => {
    await say(audio(SECOND));
    talk.session.played(1, SECOND / 2);
    await say(INTERRUPTED, says(TEN_WORDS), TURN_DONE);
    assert.deepEqual(flushes(), [1]);
    const [reply] = talk.lines;
    assert.match(reply ?? '', /^reply: aaa bbb.*\(interrupted\)$/);
    assert.doesNotMatch(reply ?? '', /jjj/);
  });

  it('by typing waits for the service on a model that may not stop for it', async () => {
    talk.session.dispose();
    talk = new Talk({ baseUrl: peer.baseUrl, settings: { model: 'gemini-3.1-flash-live-preview' } });
    talk.session.start();
    service = await peer.connection();
    await service.accept(says(TEN_WORDS), audio(SECOND));
    await talk.until(() => talk.all('audio').length === 1);
    talk.session.sendText('And now?');
    assert.equal((await service.hears('realtimeInput'))['text'], 'And now?');
    assert.deepEqual(flushes(), []);
    await say(INTERRUPTED);
    assert.deepEqual(flushes(), [1]);
  });

  it('counts captions as heard when nobody plays the audio', async () => {
    talk.session.setCaptionsOnly(true);
    await say(says(TEN_WORDS), audio(SECOND), INTERRUPTED, TURN_DONE);
    const [entry] = talk.entries;
    assert.equal(entry?.text, TEN_WORDS);
    assert.equal(entry.kind === 'reply' && entry.heardLength, TEN_WORDS.length);
  });

  it('silences a reply whose player went away and came back, and leaves of its text what was played', async () => {
    await say(says(TEN_WORDS), audio(SECOND), GENERATED);
    talk.session.played(1, SECOND * 0.3);
    talk.session.setCaptionsOnly(true);
    await say(TURN_DONE);
    talk.session.setCaptionsOnly(false);
    talk.session.played(1, SECOND * 0.5);
    await say(INTERRUPTED, TURN_DONE);
    assert.deepEqual(flushes(), [1]);
    assert.deepEqual(talk.lines, ['reply: aaa bbb ccc ddd eee (interrupted)']);
  });

  it('does not take words for heard whose sound is still to be played, only because the player is away', async () => {
    await say(audio(SECOND));
    talk.session.setCaptionsOnly(true);
    await say(says(TEN_WORDS), GENERATED);
    const [entry] = talk.entries;
    assert.equal(entry?.kind === 'reply' && entry.heardLength, 0);
  });

  it('silences such a reply also while captions are all there is', async () => {
    await say(says(TEN_WORDS), audio(SECOND), GENERATED, TURN_DONE);
    talk.session.played(1, SECOND * 0.3);
    talk.session.setCaptionsOnly(true);
    await say(INTERRUPTED, TURN_DONE);
    assert.deepEqual(flushes(), [1]);
    assert.deepEqual(talk.lines, ['reply: aaa bbb ccc (interrupted)']);
  });

  it('silences what came while captions were all there was, in case somebody plays it by now', async () => {
    talk.session.setCaptionsOnly(true);
    await say(says(TEN_WORDS), audio(SECOND), GENERATED, TURN_DONE);
    talk.session.setCaptionsOnly(false);
    await say(INTERRUPTED, TURN_DONE);
    assert.deepEqual(flushes(), [1]);
    assert.deepEqual(talk.lines, [`reply: ${TEN_WORDS} (done)`], 'it was read');
  });

  it('is what stop is, to a reply that is being played', async () => {
    await say(says(TEN_WORDS), audio(SECOND), GENERATED, TURN_DONE);
    talk.session.played(1, SECOND / 2);
    await talk.session.stop();
    assert.deepEqual(flushes(), [1]);
    assert.deepEqual(talk.lines, ['reply: aaa bbb ccc ddd eee (interrupted)']);
  });

  it('is what a failure is that ends the session in the middle of a reply', async () => {
    await say(hears('Tell me.'), says(TEN_WORDS), audio(SECOND), GENERATED);
    talk.session.played(1, SECOND / 2);
    service.close(1007, 'API key not valid. Please pass a valid API key.');
    await talk.failure();
    assert.deepEqual(flushes(), [1]);
    assert.deepEqual(talk.lines, ['person: Tell me. (done)', 'reply: aaa bbb ccc ddd eee (interrupted)']);
  });

  it('is not what a lost connection is that comes back: what came of the reply is played to its end', async () => {
    await say(says(TEN_WORDS), audio(SECOND));
    talk.session.played(1, SECOND / 2);
    service.cut();
    await (await peer.connection()).accept();
    await talk.state('live');
    talk.session.played(1, SECOND);
    assert.deepEqual(flushes(), []);
    const [entry] = talk.entries;
    assert.equal(entry?.kind === 'reply' && entry.heardLength, TEN_WORDS.length);
  });

  it('does not make numbers of replies fall, nor entries share an id', async () => {
    for (let turn = 0; turn < 12; turn += 1)
      await say(hears('Go'), says('One two.'), audio(480), INTERRUPTED, TURN_DONE);
    const numbers = talk.all('audio').map(({ reply }) => reply);
    assert.deepEqual(
      numbers,
      Array.from({ length: 12 }, (_, i) => i + 1),
    );
    assert.equal(talk.entries.length, 24);
    assert.equal(talk.session.nextReply, 13);
  });
});

describe('a silent turn', () => {
  it('is noted in the log, and is no matter for the person, who may not have spoken to the model', async () => {
    const peer = await Peer.listen();
    const talk = new Talk({ baseUrl: peer.baseUrl });
    talk.session.start();
    const service = await peer.connection();
    await service.accept(hears('Anybody?'), {
      serverContent: { turnComplete: true, turnCompleteReason: 'NEED_MORE_INPUT' },
    });
    await talk.until(() => talk.lines.includes('person: Anybody? (done)'));
    assert.ok(talk.log.some((line) => line.includes('without words or sound (NEED_MORE_INPUT)')));
    assert.deepEqual(talk.all('notice'), []);
    talk.session.dispose();
    await peer.close();
  });
});
