import assert from 'node:assert/strict';
import { MAX_NOTE_LENGTH, MAX_NOTES_LENGTH, NOTE_PREFIX, Notes } from '../../../src/live/notes/notes.ts';
import type { LiveSettings } from '../../../src/live/settings.ts';
import type { LiveTimings } from '../../../src/live/timings.ts';
import { pcm16ToBytes, speak } from '../../live-server/index.ts';
import { Delivery } from '../../../src/live/uplink/delivery.ts';
import { Peer, type Json, type PeerConnection } from './peer.ts';
import { audio, GENERATED, handle, says, Talk, TURN_DONE } from './talk.ts';
import { LOOK } from './tools.ts';

const QUICK: Partial<LiveTimings> = { backoffFirstMs: 1, backoffLongestMs: 2, noteDelayMs: 1 };
const note = (text: string) => `${NOTE_PREFIX} ${text}]`;
const read = () => {
  const delivery = new Delivery();
  delivery.sent();
  delivery.confirm();
  return delivery;
};
const userTurn = (...texts: string[]) => [{ role: 'user', parts: texts.map((text) => ({ text })) }];

describe('a note to the model', () => {
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

  const connected = async (): Promise<string> => {
    service = await peer.connection();
    const setup = await service.accept();
    await talk.state('live');
    return JSON.stringify(setup['systemInstruction'] ?? '');
  };
  const begin = (
    settings: Partial<LiveSettings> = {},
    timings: Partial<LiveTimings> = {},
    told: Record<string, string> = {},
  ) => {
    talk = new Talk({ baseUrl: peer.baseUrl, settings, session: { timings: { ...QUICK, ...timings } } });
    for (const [topic, text] of Object.entries(told)) talk.session.tell(topic, text);
    talk.session.start();
  };
  const say = async (...messages: Json[]) => {
    const seen = talk.all('usage').length;
    service.say(...messages, { usageMetadata: { totalTokenCount: 1 } });
    await talk.until(() => talk.all('usage').length > seen);
  };
  /** What has been sent as content so far. */
  const contents = () =>
    service.heard.flatMap(({ clientContent }) => (clientContent === undefined ? [] : [clientContent]));

  it('goes up as context that is no question, marked as not said by the person, the newest of each topic', async () => {
    begin();
    await connected();
    talk.session.tell('shares', 'The person shares a screen.');
    talk.session.tell('picture', 'A picture.');
    talk.session.tell('shares', 'The person shares a camera.');
    assert.deepEqual(await service.hears('clientContent'), {
      turns: userTurn(note('A picture.'), note('The person shares a camera.')),
      turnComplete: false,
    });
  });

  it('is not sent again as it stands, and its end is told to a model that knew of it', async () => {
    begin();
    await connected();
    talk.session.tell('shares', 'A screen.');
    await service.hears('clientContent');
    talk.session.tell('shares', 'A screen.');
    talk.session.tell('never told', undefined);
    talk.session.tell('shares', undefined);
    assert.deepEqual(
      (await service.hears('clientContent'))['turns'],
      userTurn(note('What you were told about "shares" does not hold any more.')),
    );
    assert.equal(contents().length, 2);
  });

  it('is part of the instructions of every later connection, as long as it holds', async () => {
    begin({ instructions: 'Be brief.' }, {}, { shares: 'A screen.' });
    assert.match(await connected(), /Be brief\..*\[Talkthrough note, not from the person: A screen\.\]/);
    talk.session.tell('shares', 'A camera.');
    await service.hears('clientContent');
    await say(handle('h1'));
    service.cut();
    const resumed = await connected();
    assert.match(resumed, /A camera/);
    assert.doesNotMatch(resumed, /A screen/);
    talk.session.tell('shares', undefined);
    await service.hears('clientContent');
    await say(handle('h2'));
    service.cut();
    assert.doesNotMatch(await connected(), /note/);
    talk.session.sendText('marker');
    await service.hears('clientContent');
    assert.equal(contents().length, 1, 'the instructions have told it');
  });

  it('that ended is told again to a session that remembers it and not its end', async () => {
    begin();
    await connected();
    talk.session.tell('shares', 'A camera.');
    talk.session.tell('editor', 'A file.');
    await service.hears('clientContent');
    await say(handle('h1'));
    talk.session.tell('shares', undefined);
    await service.hears('clientContent');
    service.cut();
    await talk.state('reconnecting');
    talk.session.tell('editor', undefined);
    for (let again = 0; again < 2; again += 1) {
      const resumed = await connected();
      assert.match(resumed, /told about .*shares.* does not hold any more/);
      assert.match(resumed, /told about .*editor.* does not hold any more/);
      service.cut();
    }
  });

  it('waits for the end of a reply and for its sound', async () => {
    begin();
    await connected();
    await say(says('Once upon'), audio(2_400));
    talk.session.tell('shares', 'A screen.');
    await say(says(' a time.'), audio(2_400), GENERATED);
    assert.deepEqual(contents(), []);
    const endedAtMs = performance.now();
    await say(TURN_DONE);
    await service.hears('clientContent');
    // 200 ms of sound, of which the messages took a part of the time.
    assert.ok(performance.now() - endedAtMs > 20, 'not while it is still heard');
  });

  it('waits for the answer of a tool, and for what the model says to it', async () => {
    begin({ tools: [LOOK] });
    await connected();
    await say({ toolCall: { functionCalls: [{ id: 'c1', name: 'look', args: {} }] } }, TURN_DONE);
    talk.session.tell('shares', 'A screen.');
    talk.all('toolCall')[0]?.call.answer({ response: {} });
    await service.hears('toolResponse');
    await say(says('A screw.'), audio(480));
    assert.deepEqual(contents(), []);
    await say(GENERATED, TURN_DONE);
    await service.hears('clientContent');
  });

  for (const [what, after] of [
    ['that has been announced', [says('I look.'), audio(240), GENERATED, TURN_DONE]],
    ['that was called without a word', []],
  ] as const) {
    it(`reaches the model as the person begins to speak, though a tool ${what} has not ended`, async () => {
      begin({ tools: [LOOK] });
      await connected();
      await say({ toolCall: { functionCalls: [{ id: 'c1', name: 'look', args: {} }] } }, ...after);
      talk.session.tell('editor', 'Another file.');
      await say({});
      assert.deepEqual(contents(), []);
      const { pcm16 } = await speak('What does this do?', { rateHz: 16_000 });
      talk.session.sendMicrophone(pcm16ToBytes(Int16Array.of(...new Int16Array(8_000), ...pcm16)));
      await talk.until(() => talk.all('speech').length === 1);
      assert.deepEqual((await service.hears('clientContent'))['turns'], userTurn(note('Another file.')));
      assert.equal(talk.all('toolCall')[0]?.call.signal.aborted, false);
    });
  }

  it('does not wait for ever for an answer that does not come', async () => {
    begin({}, { answerWaitMs: 50 });
    await connected();
    talk.session.sendText('Hello?');
    await service.hears('clientContent');
    talk.session.tell('shares', 'A screen.');
    assert.equal((await service.hears('clientContent'))['turnComplete'], false);
  });

  it('reaches the model while the person still speaks, but not under its own words', async () => {
    begin();
    await connected();
    const { pcm16 } = await speak('Now look at this file here.', { rateHz: 16_000 });
    talk.session.sendMicrophone(pcm16ToBytes(Int16Array.of(...new Int16Array(8_000), ...pcm16)));
    assert.deepEqual(talk.all('speech'), [{ what: 'speech', speaking: true }]);
    talk.session.tell('editor', 'Another file.');
    assert.deepEqual((await service.hears('clientContent'))['turns'], userTurn(note('Another file.')));
    await say(says('Well, this'), audio(24_000));
    talk.session.tell('editor', 'A third file.');
    await say({});
    assert.equal(contents().length, 1);
    await say({ serverContent: { interrupted: true } }, TURN_DONE);
    assert.deepEqual((await service.hears('clientContent'))['turns'], userTurn(note('A third file.')));
  });

  it('rides on a typed question that comes first', async () => {
    begin({}, { noteDelayMs: 60_000 });
    await connected();
    talk.session.tell('shares', 'A screen.');
    talk.session.sendText('What is this?');
    assert.deepEqual(await service.hears('clientContent'), {
      turns: userTurn(note('A screen.'), 'What is this?'),
      turnComplete: true,
    });
  });

  for (const model of ['gemini-3.1-flash-live-preview', 'gemini-9-live-something']) {
    it(`is held for the next typed text on ${model}, which takes no content in mid-session`, async () => {
      begin({ model });
      await connected();
      talk.session.tell('shares', 'A screen.');
      talk.session.sendText('What is this?');
      talk.session.sendText('And that?');
      assert.deepEqual(await service.hears('realtimeInput'), { text: `${note('A screen.')}\n\nWhat is this?` });
      assert.deepEqual(await service.hears('realtimeInput'), { text: 'And that?' });
      assert.deepEqual(contents(), []);
    });
  }

  it('that left the turn open has the next typed text end it, also where text goes another way', async () => {
    begin({ model: 'gemini-2.5-flash-native-audio-preview-12-2025' });
    await connected();
    talk.session.tell('shares', 'A screen.');
    await service.hears('clientContent');
    talk.session.sendText('What is this?');
    assert.deepEqual(await service.hears('clientContent'), { turns: userTurn('What is this?'), turnComplete: true });
    talk.session.sendText('And that?');
    assert.deepEqual(await service.hears('realtimeInput'), { text: 'And that?' });
  });
});

describe('all notes together', () => {
  it('are bounded, each and in sum; the oldest go first', () => {
    const notes = new Notes();
    for (let at = 0; at < 10; at += 1) notes.tell(`topic ${at}`, String(at).repeat(MAX_NOTE_LENGTH * 2));
    const told = notes.take(read());
    assert.deepEqual(
      told.map((text) => text.at(-2)),
      ['7', '8', '9'],
    );
    assert.ok(told.join('').length < MAX_NOTES_LENGTH + 500);
  });

  it('that were told in passing make room first', () => {
    const notes = new Notes();
    notes.tell('shares', 'The person shares a screen.');
    for (let at = 0; at < 10; at += 1) notes.tell(`result ${at}`, 'x'.repeat(MAX_NOTE_LENGTH), true);
    assert.match(notes.take(read())[0] ?? '', /shares a screen/);
  });

  it('are withdrawn for a model that was told an earlier one of the topic, though the last was never sent', () => {
    const notes = new Notes();
    notes.tell('shares', 'A screen.');
    notes.take(read());
    notes.tell('shares', 'A camera.');
    notes.tell('shares', undefined);
    assert.deepEqual(notes.take(read()), [note('What you were told about "shares" does not hold any more.')]);
    notes.tell('shares', 'A camera.');
    assert.deepEqual(notes.take(read()), [note('A camera.')]);
  });

  it('that were withdrawn are nothing to a fresh session, nor to one whose handle came after that', () => {
    const notes = new Notes();
    const end = () => {
      notes.tell('shares', 'A screen.');
      notes.take(read());
      notes.tell('shares', undefined);
    };
    end();
    assert.equal(notes.takeAsInstruction(false), undefined);
    end();
    notes.take(read());
    notes.onHandle();
    assert.equal(notes.takeAsInstruction(true), undefined);
  });

  it('told in passing are kept for a session whose handle crossed them', () => {
    const notes = new Notes();
    notes.tell('passing', 'A screw.', true);
    const delivery = new Delivery();
    notes.take(delivery);
    delivery.sent();
    notes.onHandle();
    assert.match(notes.takeAsInstruction(true) ?? '', /A screw/);
  });

  it('told in passing are forgotten once a session has them, others are not', () => {
    const notes = new Notes();
    notes.tell('standing', 'A screen.');
    notes.tell('passing', 'A screw.', true);
    notes.onHandle();
    assert.equal(notes.take(read()).length, 2, 'it has not been told yet');
    notes.onHandle();
    assert.equal(notes.takeAsInstruction(true), `What is so now:\n${note('A screen.')}`);
  });
});
