import assert from 'node:assert/strict';
import { describeError, Redactor } from '../../../src/live/redact.ts';
import { Peer } from './peer.ts';
import { KEY, Talk } from './talk.ts';

describe('the key', () => {
  it('is masked plain, URL-encoded and in base64 at any offset, and so is everything that looks like one', () => {
    const secret = 'not-shaped/like=a key!';
    const redactor = new Redactor([secret]);
    const basic = Buffer.from(`user:${secret}:x`).toString('base64');
    for (const text of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) {
      assert.ok(!redactor.redact(`before ${text} after`).includes(text), text);
    }
    const decoded = redactor.redact(basic).replace('[redacted]', '');
    assert.ok(!Buffer.from(decoded, 'base64').toString().includes(secret));
    const others: readonly string[] = [
      'wss://x/ws?key=abcdef123456&alt=1',
      'https://x/?access_token=abcdef123456',
      ['AI', 'zaSyabcdef-abcdef123456_-abcdef123456'].join(''),
      'Authorization: Bearer abcdef123456',
      'x-goog-api-key: abcdef123456',
      '{"x-goog-api-key":"abcdef123456"}',
      'ya29.abcdef123456',
      'auth_tokens/abcdef123456',
    ];
    for (const text of others) assert.doesNotMatch(redactor.redact(text), /abcdef123456/, text);
    assert.equal(
      redactor.redact('a plain sentence with the word key and no secret'),
      'a plain sentence with the word key and no secret',
    );
    assert.equal(new Redactor(['']).redact('abc'), 'abc', 'an empty key masks nothing');
  });

  it('is in nothing that a session says or logs, whatever happens to it', async () => {
    const endings: readonly ((peer: Peer, talk: Talk) => Promise<void>)[] = [
      async (peer) => {
        (await peer.connection()).close(1007, 'API key not valid. Please pass a valid API key.');
      },
      async (peer) => {
        (await peer.connection()).cut();
        (await peer.connection()).close(1007, `bad ${KEY}`);
      },
      async (peer) => {
        peer.upgrade = { status: 403, body: `{"error":{"message":"?key=${KEY} ${encodeURIComponent(KEY)}"}}` };
        await peer.upgraded(1);
      },
      async (peer, talk) => {
        const service = await peer.connection();
        await service.accept({ serverContent: { outputTranscription: { text: 'hello' } } });
        await talk.state('live');
        service.say({ serverContent: { turnComplete: true } });
        service
          .say({ serverContent: { turnComplete: true, turnCompleteReason: KEY } })
          .sayRaw(`not json ${KEY}`)
          .say({ toolCall: { functionCalls: [{ id: '1', name: KEY }] } });
        await service.hears('toolResponse');
        service.close(1008, KEY);
      },
    ];
    for (const end of endings) {
      const peer = await Peer.listen();
      const talk = new Talk({ baseUrl: peer.baseUrl });
      talk.session.start();
      await end(peer, talk);
      const failed = await talk.failure();
      const said = JSON.stringify([talk.told, talk.log, failed, describeError(new Error('x', { cause: failed }))]);
      for (const spelling of [KEY, encodeURIComponent(KEY), Buffer.from(KEY).toString('base64')]) {
        assert.ok(!said.includes(spelling), said);
      }
      talk.session.dispose();
      await peer.close();
    }
  });
});
