import assert from 'node:assert/strict';
import { checkAddress } from '../../../src/live/connection/address.ts';
import { failure } from '../../../src/live/failure.ts';
import { Talk } from './talk.ts';

describe('the address of a gateway', () => {
  it('may be https anywhere, and http on this machine', () => {
    const good = [
      '',
      'https://gateway.example/gemini',
      'http://127.0.0.1:8080',
      'http://127.1',
      'http://127.255.3.2/',
      'http://localhost:1',
      'http://LOCALHOST',
      'http://[::1]:8080',
    ];
    for (const address of good) assert.equal(checkAddress(address), undefined, address);
  });

  it('may not carry the key unencrypted to another machine', () => {
    const bad = [
      'http://gateway.example',
      'http://192.168.1.10:8080',
      'http://0.0.0.0:8080',
      'http://127.0.0.1.gateway.example',
      'http://localhost.gateway.example',
      'http://[::2]',
      'http://[::ffff:10.0.0.1]',
    ];
    for (const address of bad) {
      const refused = checkAddress(address);
      assert.equal(refused?.code, 'address-refused', address);
      assert.ok(refused.sentence.startsWith(`${new URL(address).host} is not on this machine`), refused.sentence);
      assert.deepEqual(
        refused.buttons.map(({ action }) => action),
        ['openSettings'],
      );
    }
  });

  it('that is refused ends a session before anybody is asked', async () => {
    const talk = new Talk({ baseUrl: 'http://gateway.example' });
    talk.session.start();
    assert.equal((await talk.failure()).code, 'address-refused');
  });
});

describe('a failure', () => {
  const CODES = ['token-refused', 'region-refused', 'credentials', 'model-unknown'] as const;

  it('speaks of Google where Google was asked, and of the gateway where one was', () => {
    for (const code of CODES) {
      assert.match(failure(code, { detail: '', host: 'Google' }).sentence, /^Google /);
      const { sentence } = failure(code, { detail: '', host: 'gateway.example' });
      assert.match(sentence, /^gateway\.example /);
      assert.doesNotMatch(sentence, /Google/);
    }
  });

  it('speaks of Google where a key was refused, also behind a gateway: the key is Google’s', () => {
    const { sentence } = failure('key-refused', { detail: '', host: 'gateway.example' });
    assert.equal(sentence, 'Google does not accept this API key.');
  });

  it('of quota leads to the quota page of the Gemini API, which Vertex AI has not', () => {
    const actions = (service: 'gemini' | 'vertex') =>
      failure('quota', { detail: '', service }).buttons.map(({ action }) => action);
    assert.deepEqual(actions('gemini'), ['openQuota', 'start']);
    assert.deepEqual(actions('vertex'), ['start']);
  });
});
