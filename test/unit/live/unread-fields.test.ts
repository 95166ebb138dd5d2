import assert from 'node:assert/strict';
import { Peer, type Json } from './peer.ts';
import { audio, Talk } from './talk.ts';

describe('what the service sends and nobody uses', () => {
  let peer: Peer;
  let talk: Talk;

  beforeEach(async () => {
    peer = await Peer.listen();
    talk = new Talk({ baseUrl: peer.baseUrl });
    talk.session.start();
  });

  afterEach(async () => {
    talk.session.dispose();
    await peer.close();
  });

  const unusedAfter = async (...messages: readonly Json[]) => {
    const service = await peer.connection();
    await service.accept(...messages, { usageMetadata: { totalTokenCount: 1 } });
    await talk.until(() => talk.all('usage').length > 0);
    return talk.log.flatMap((line) => (line.startsWith('unused field: ') ? [line.slice('unused field: '.length)] : []));
  };

  it('is named once in the log, without what it says', async () => {
    const message: Json = {
      serverContent: {
        turnCompleteReasonDetail: 'private words',
        urlContextMetadata: {},
        outputTranscription: { text: 'Hello', languageCode: 'en', finished: true },
        inputTranscription: { text: 'Hi', speakerLabel: 'private words' },
        modelTurn: { parts: [{ executableCode: { code: 'private words' } }] },
      },
      toolCallCancellation: { ids: ['c0'] },
      somethingNew: 'private words',
    };
    assert.deepEqual((await unusedAfter(message, message)).sort(), [
      'serverContent.inputTranscription.speakerLabel',
      'serverContent.modelTurn.parts.executableCode',
      'serverContent.outputTranscription.languageCode',
      'serverContent.turnCompleteReasonDetail',
      'serverContent.urlContextMetadata',
      'somethingNew',
    ]);
    assert.ok(!talk.log.some((line) => line.includes('private words')));
  });

  it('is not what is used', async () => {
    assert.deepEqual(await unusedAfter(audio(480), { goAway: { timeLeft: '50s' } }, {}), []);
  });

  it('does not fill the log when names never end', async () => {
    const messages = Array.from({ length: 200 }, (_, i) => ({ [`made-up-${i}-${'x'.repeat(500)}`]: true }));
    const unused = await unusedAfter(...messages);
    assert.equal(unused.length, 50);
    assert.ok(unused.every((name) => name.length <= 60));
  });
});
