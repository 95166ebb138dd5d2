import assert from 'node:assert/strict';
import { checkAddress } from '../../../src/live/connection/address.ts';
import { sessionProblem } from '../../../src/problems/session-problems.ts';
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
      const { sentence, buttons } = sessionProblem(refused);
      assert.ok(sentence.startsWith(`${new URL(address).host} is not on this machine`), sentence);
      assert.deepEqual(
        buttons.map(({ action }) => action),
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
