import assert from 'node:assert/strict';
import type { LiveTimings } from '../../../src/live/timings.ts';
import { Peer, type Json, type PeerConnection } from './peer.ts';
import { audio, GENERATED, handle, hears, INTERRUPTED, says, SETTINGS, Talk, TURN_DONE } from './talk.ts';

const goAway = (timeLeft = '50s'): Json => ({ goAway: { timeLeft } });
const ANSWER = [says('A pin.'), audio(480), GENERATED, TURN_DONE];
/** 20 ms of microphone: loud enough for a voice, or nothing. */
const LOUD = new Uint8Array(new Int16Array(320).map((_, at) => (at % 40 < 20 ? 8_000 : -8_000)).buffer);
const SILENT = new Uint8Array(640);

describe('a connection that is to end while the person speaks', () => {
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

  const live = async (timings: Partial<LiveTimings> = {}) => {
    talk = new Talk({ baseUrl: peer.baseUrl, session: { timings: { spokenWordsMs: 60_000, ...timings } } });
    talk.session.start();
    service = await peer.connection();
    await service.accept();
    await talk.state('live');
    await say(handle('h1'));
  };
  /** Says it and waits until the session has taken it in. */
  const say = async (...messages: Json[]) => {
    const seen = talk.all('usage').length;
    service.say(...messages, { usageMetadata: { totalTokenCount: 1 } });
    await talk.until(() => talk.all('usage').length > seen);
  };
  const microphone = (chunk: Uint8Array, ms: number) => {
    for (let heardMs = 0; heardMs < ms; heardMs += 20) talk.session.sendMicrophone(chunk);
  };
  const personBegins = () => {
    microphone(LOUD, 400);
    assert.equal(talk.all('speech').at(-1)?.speaking, true);
  };
  const personEnds = () => {
    microphone(SILENT, SETTINGS.voiceActivity.silenceMs + 100);
    assert.equal(talk.all('speech').at(-1)?.speaking, false);
  };
  const stillThere = (why: string) => assert.equal(talk.session.state.kind, 'live', why);
  /** What the next connection resumes. */
  const resumes = async () => (await (await peer.connection()).accept())['sessionResumption'];

  it('lasts until a question that was being spoken is answered', async () => {
    await live();
    personBegins();
    await say(goAway());
    stillThere('the sentence is not over');
    personEnds();
    await say({});
    stillThere('nobody has understood it yet');
    await say(hears('What is this?'), ...ANSWER);
    stillThere('the handle of before the question would forget it');
    service.say(handle('h2'));
    assert.deepEqual(await resumes(), { handle: 'h2' });
  });

  it('lasts until a question is answered that was spoken just before, also where its transcript trails', async () => {
    await live();
    personBegins();
    personEnds();
    await say(goAway());
    stillThere('nothing has come of the question yet');
    await say(audio(480), says('A pin.'), hears('What is this?'), GENERATED, TURN_DONE);
    service.say(handle('h2'));
    assert.deepEqual(await resumes(), { handle: 'h2' });
  });

  it('lasts until what interrupted a reply is answered, not only until that reply has ended', async () => {
    await live();
    await say(says('Once upon'), audio(480), goAway());
    personBegins();
    await say(INTERRUPTED, says(' a time.'), TURN_DONE, handle('h2'));
    stillThere('the person is still speaking');
    personEnds();
    await say({});
    stillThere('all that has come was about the reply of before');
    await say(hears('Stop. What is this?'), ...ANSWER);
    service.say(handle('h3'));
    assert.deepEqual(await resumes(), { handle: 'h3' });
  });

  it('lasts until it is answered, too, where the service notices the interruption late', async () => {
    await live();
    await say(says('Once upon'), audio(480), goAway());
    personBegins();
    personEnds();
    await say(audio(480), INTERRUPTED, TURN_DONE, handle('h2'));
    stillThere('the question comes after what was interrupted');
    await say(...ANSWER);
    service.say(handle('h3'));
    assert.deepEqual(await resumes(), { handle: 'h3' });
  });

  it('lasts until a question is answered that the service says no more of than that it thinks', async () => {
    await live();
    await say({ serverContent: { interactionStatus: 'IN_PROGRESS' } }, goAway());
    stillThere('the handle of before the question would forget it');
    await say(...ANSWER, { serverContent: { interactionStatus: 'IDLE' } });
    service.say(handle('h2'));
    assert.deepEqual(await resumes(), { handle: 'h2' });
  });

  it('does not wait for long for an answer to what was no question', async () => {
    await live({ spokenWordsMs: 1 });
    personBegins();
    await say(goAway());
    stillThere('it may become one');
    personEnds();
    assert.deepEqual(await resumes(), { handle: 'h1' });
  });

  it('does not wait longer than there is time', async () => {
    await live({ goAwayReserveMs: 50 });
    personBegins();
    service.say(goAway('0.06s'));
    assert.deepEqual(await resumes(), { handle: 'h1' });
  });
});
