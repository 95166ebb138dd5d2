import assert from 'node:assert/strict';
import { OpenTurn } from '../../../src/live/notes/open-turn.ts';
import {
  LOCAL_API_KEY,
  pcm16ToBytes,
  speak,
  startLiveServer,
  type LiveServer,
  type Step,
} from '../../live-server/index.ts';
import { Talk } from './talk.ts';
import { LOOK } from './tools.ts';

const SILENCE_MS = 300;

describe('a spoken question after a note, to a service that waits for the end of the turn', () => {
  let server: LiveServer;
  let talk: Talk;

  afterEach(async () => {
    talk.session.dispose();
    await server.close();
  });

  const begin = async (steps: readonly Step[], openTurnMs: number) => {
    server = await startLiveServer({
      delivery: { firstAudioDelayMs: 0, timesRealTime: 100, turnComplete: 'early' },
      script: { connections: [{ steps }] },
    });
    talk = new Talk({
      baseUrl: server.baseUrl,
      credentials: { kind: 'gemini', apiKey: LOCAL_API_KEY },
      settings: {
        tools: [LOOK],
        voiceActivity: { startSensitivity: 'high', endSensitivity: 'high', silenceMs: SILENCE_MS, prefixMs: 100 },
      },
      session: { timings: { noteDelayMs: 1, openTurnMs, openTurnMarginMs: 1 } },
    });
    talk.session.start();
    await talk.state('live');
  };
  const spoken = async (words: string) => {
    const { pcm16 } = await speak(words, { rateHz: 16_000 });
    return pcm16ToBytes(Int16Array.of(...new Int16Array(8000), ...pcm16, ...new Int16Array(16_000)));
  };
  const hears = (bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length; at += 640) talk.session.sendMicrophone(bytes.subarray(at, at + 640));
  };
  const ask = async (words: string) => hears(await spoken(words));
  const bareEnds = () =>
    server.connection.record.messages.filter(
      ({ json }) => JSON.stringify(json) === '{"clientContent":{"turnComplete":true}}',
    );

  it('is answered each time, from the third on without waiting first', async () => {
    await begin(
      [
        { on: 'speech', hear: 'What is this?', reply: { say: 'A pin.' } },
        { on: 'speech', hear: 'And that?', reply: { say: 'A nut.' } },
        { on: 'speech', hear: 'And here?', reply: { say: 'A bolt.' } },
      ],
      400,
    );
    talk.session.tell('shares', 'The person shares a screen.');
    await server.next('context', ({ text }) => text.includes('shares a screen'));
    await ask('What is this?');
    await talk.until(() => talk.lines.includes('reply: A pin. (done)'));
    assert.equal(bareEnds().length, 1);
    assert.deepEqual(
      talk.all('speech').map(({ speaking }) => speaking),
      [true, false],
    );

    talk.session.tell('shares', 'The person shares a camera.');
    await server.next('context', ({ text }) => text.includes('camera'));
    await ask('And that?');
    await talk.until(() => talk.lines.includes('reply: A nut. (done)'));
    assert.equal(bareEnds().length, 2);

    talk.session.tell('shares', 'The person shares nothing.');
    await server.next('context', ({ text }) => text.includes('nothing'));
    await ask('And here?');
    await talk.until(() => talk.lines.includes('reply: A bolt. (done)'));
    assert.equal(bareEnds().length, 3);
    assert.equal(server.events.filter(({ type }) => type === 'violation').length, 0);
  }).timeout(15_000);

  it('is answered also where a tool called before answers first', async () => {
    await begin(
      [
        { on: 'text', toolCall: [{ name: 'look' }] },
        { on: 'tool-response', reply: { say: 'Looked.' } },
        { on: 'speech', hear: 'What is this?', reply: { say: 'A pin.' } },
      ],
      1_000,
    );
    talk.session.sendText('Look.');
    await talk.until(() => talk.all('toolCall').length === 1);
    talk.session.tell('editor', 'Another file.');
    const bytes = await spoken('What is this?');
    const middle = bytes.length / 2 - ((bytes.length / 2) % 640);
    hears(bytes.subarray(0, middle));
    await server.next('context', ({ text }) => text.includes('Another file'));
    hears(bytes.subarray(middle));
    await server.next('withheld');
    talk.all('toolCall')[0]?.call.answer({ response: {} });
    await talk.until(() => talk.lines.includes('reply: A pin. (done)'));
    assert.ok(talk.lines.includes('reply: Looked. (done)'));
    assert.equal(bareEnds().length, 1);
    assert.equal(server.events.filter(({ type }) => type === 'violation').length, 0);
  }).timeout(15_000);

  it('is not needed by a question without a note before it', async () => {
    await begin([{ on: 'speech', hear: 'What is this?', reply: { say: 'A pin.' } }], 1);
    await ask('What is this?');
    await talk.until(() => talk.lines.includes('reply: A pin. (done)'));
    assert.equal(bareEnds().length, 0);
  });
});

describe('the turn that a note left open', () => {
  /** Resolves when the turn was ended for the model. */
  const turn = (openTurnMs: number, openTurnMarginMs: number, atWorkMs = () => 0) => {
    let ends = 0;
    let notice: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (notice = resolve));
    const turnTaking = {
      get atWorkMs() {
        return atWorkMs();
      },
    };
    const open = new OpenTurn({ openTurnMs, openTurnMarginMs }, turnTaking);
    open.on('end', () => {
      ends += 1;
      notice();
    });
    return { open, ended, ends: () => ends };
  };

  it('is not ended for a service that answers speech by itself, then or later', async () => {
    const { open, ends } = turn(1, 1);
    open.opened();
    open.onSpeech(true);
    open.replyBegins();
    assert.equal(open.isOpen, false);
    open.opened();
    open.onSpeech(true);
    open.onSpeech(false);
    const other = turn(1, 1);
    other.open.opened();
    other.open.onSpeech(true);
    other.open.onSpeech(false);
    await other.ended;
    assert.deepEqual([ends(), other.ends()], [0, 1], 'the other, begun later, has been ended');
  });

  it('is ended promptly once waiting for an answer was in vain a second time', async () => {
    let notice: () => void = () => undefined;
    const timings = { openTurnMs: 1, openTurnMarginMs: 60_000 };
    const open = new OpenTurn(timings, { atWorkMs: 0 });
    open.on('end', () => notice());
    const say = () => {
      open.opened();
      open.onSpeech(true);
      open.onSpeech(false);
    };
    for (let vain = 0; vain < 2; vain += 1) {
      const ended = new Promise<void>((resolve) => (notice = resolve));
      say();
      await ended;
    }
    say();
    const later = turn(1, 1);
    later.open.opened();
    later.open.wordsUnderstood();
    await later.ended;
    assert.equal(open.isOpen, true, 'now the margin holds, which is long here');
    open.closed();
  });

  it('is ended after a reply that may have been about a tool, and nothing is learnt from that', async () => {
    const { open, ended, ends } = turn(1, 60_000);
    open.opened();
    open.onSpeech(true);
    open.callAnswered();
    open.onSpeech(false);
    open.replyBegins();
    open.wordsUnderstood();
    assert.equal(open.isOpen, true);
    open.replyEnds();
    await ended;
    open.opened();
    open.onSpeech(true);
    open.callAnswered();
    open.replyBegins();
    open.replyEnds();
    open.replyBegins();
    assert.deepEqual([open.isOpen, ends()], [false, 1]);
  });

  it('is ended for words that only the service heard', async () => {
    const { open, ended } = turn(1, 60_000);
    open.opened();
    open.wordsUnderstood();
    await ended;
    assert.equal(open.isOpen, false);
  });

  it('is not ended in the middle of speech, nor when it is not open', async () => {
    const { open, ends } = turn(1, 1);
    open.onSpeech(true);
    open.onSpeech(false);
    open.opened();
    open.onSpeech(true);
    open.onSpeech(false);
    open.onSpeech(true);
    open.wordsUnderstood();
    const other = turn(1, 1);
    other.open.opened();
    other.open.wordsUnderstood();
    await other.ended;
    assert.equal(ends(), 0);
    open.closed();
  });

  for (const [when, ask] of [
    ['after', [(open: OpenTurn) => open.onSpeech(false), (open: OpenTurn) => open.workChanges()]],
    ['before', [(open: OpenTurn) => open.workChanges(), (open: OpenTurn) => open.onSpeech(false)]],
  ] as const) {
    it(`is not ended while the service is at work on what was said, as it says ${when} the end of speech`, async () => {
      let atWorkMs = 60_000;
      const { open, ended, ends } = turn(1, 1, () => atWorkMs);
      open.opened();
      open.onSpeech(true);
      for (const step of ask) step(open);
      const other = turn(1, 1);
      other.open.opened();
      other.open.wordsUnderstood();
      await other.ended;
      assert.deepEqual([open.isOpen, ends()], [true, 0]);
      atWorkMs = 0;
      open.workChanges();
      await ended;
      assert.equal(ends(), 1, 'it has not answered');
    });
  }
});
