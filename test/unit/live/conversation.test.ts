import assert from 'node:assert/strict';
import { Peer } from './peer.ts';
import { audio, GENERATED, hears, KEY, says, Talk, TURN_DONE } from './talk.ts';

describe('a spoken conversation', () => {
  let peer: Peer;
  let talk: Talk;

  beforeEach(async () => {
    peer = await Peer.listen();
    talk = new Talk({ baseUrl: peer.baseUrl });
  });

  afterEach(async () => {
    talk.session.dispose();
    await peer.close();
  });

  it('connects, hears, answers and stops', async () => {
    talk.session.start();
    const service = await peer.connection();
    assert.equal(
      service.url,
      `/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent?key=${KEY}`,
      'one slash, v1beta',
    );
    await service.accept();
    await talk.state('live');

    const chunk = new Uint8Array(640).fill(7);
    talk.session.sendMicrophone(chunk);
    const { audio: sent } = await service.hears('realtimeInput');
    assert.deepEqual(sent, { data: Buffer.from(chunk).toString('base64'), mimeType: 'audio/pcm;rate=16000' });

    service.say(
      hears('What is'),
      hears(' this?'),
      audio(960, 5),
      says('A'),
      audio(960, 6),
      says(' shelf.'),
      GENERATED,
      TURN_DONE,
    );
    await talk.until(() => talk.lines.includes('reply: A shelf. (done)'));
    assert.deepEqual(talk.lines, ['person: What is this? (done)', 'reply: A shelf. (done)']);
    assert.equal(talk.audio(1).length, 2 * 2 * 960);
    assert.equal(talk.all('audioEnd').length, 1);

    await talk.session.stop();
    assert.deepEqual(talk.session.state, { kind: 'ended', reason: { kind: 'stopped' } });
    assert.equal(await service.closed, 1000);
  });

  it('types a question that interrupts the reply at once', async () => {
    talk.session.start();
    const service = await peer.connection();
    await service.accept(audio(24_000), says('Once upon a time there was'), audio(24_000));
    await talk.until(() => talk.all('audio').length === 2);
    talk.session.sendText('Stop. What is a dowel?');
    assert.deepEqual(
      talk.all('flush').map(({ throughReply }) => throughReply),
      [1],
    );
    const { turns, turnComplete } = await service.hears('clientContent');
    assert.deepEqual(turns, [{ role: 'user', parts: [{ text: 'Stop. What is a dowel?' }] }]);
    assert.equal(turnComplete, true);
    service.say(
      audio(480, 9),
      { serverContent: { interrupted: true } },
      TURN_DONE,
      audio(480, 3),
      says('A wooden pin.'),
      TURN_DONE,
    );
    await talk.until(() => talk.lines.includes('reply: A wooden pin. (done)'));
    assert.equal(talk.audio(1).length, 2 * 48_000, 'no late audio of the dead turn');
    assert.deepEqual(
      talk.audio(2),
      Buffer.from(new Int16Array(480).fill(3).buffer),
      'the next turn from its first sample',
    );
  });

  it('tells before the connection resolves are not lost', async () => {
    talk.session.start();
    const service = await peer.connection();
    await service.accept(says('Hello'), audio(480), says(' there.'), GENERATED, TURN_DONE);
    await talk.until(() => talk.lines.includes('reply: Hello there. (done)'));
    assert.equal(talk.audio(1).length, 960);
  });
});
