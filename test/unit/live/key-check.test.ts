import assert from 'node:assert/strict';
import { checkApiKey } from '../../../src/live/connection/key-check.ts';
import { LOCAL_API_KEY, startLiveServer, type LiveServer } from '../../live-server/index.ts';
import { sessionProblem } from '../../../src/problems/session-problems.ts';

describe('checking a key', () => {
  let server: LiveServer;

  beforeEach(async () => {
    server = await startLiveServer();
  });

  afterEach(async () => server.close());

  const failureOf = async (key: string, baseUrl = server.baseUrl) => {
    const checked = await checkApiKey(key, baseUrl);
    assert.ok(!checked.ok && !checked.aborted);
    assert.ok(!JSON.stringify(checked).includes(key));
    return checked.failure;
  };

  it('takes a key that the service takes', async () => {
    assert.deepEqual(await checkApiKey(LOCAL_API_KEY, `${server.baseUrl}/`), { ok: true });
  });

  it('says whose fault it is when it does not', async () => {
    assert.equal(
      sessionProblem(await failureOf('wrong-key-0123456789')).sentence,
      'Google does not accept this API key.',
    );
    assert.equal((await failureOf('a key with blanks\nand lines')).code, 'key-refused');
    const answers = [
      ['forbidden', 'key-forbidden'],
      ['location', 'region-refused'],
      ['quota', 'quota'],
      ['unavailable', 'service-unavailable'],
    ] as const;
    for (const [answer, code] of answers) {
      server.keyCheck = answer;
      assert.equal((await failureOf(LOCAL_API_KEY)).code, code);
    }
    assert.equal((await failureOf(LOCAL_API_KEY, 'ftp://nowhere')).code, 'not-served');
    assert.equal((await failureOf(LOCAL_API_KEY, 'http://192.0.2.1')).code, 'address-refused');
    const { baseUrl } = server;
    await server.close();
    assert.equal((await failureOf(LOCAL_API_KEY, baseUrl)).code, 'no-network');
    server = await startLiveServer();
  });

  it('can be given up', async () => {
    server.keyCheck = 'never';
    const controller = new AbortController();
    const checking = checkApiKey(LOCAL_API_KEY, server.baseUrl, controller.signal);
    controller.abort(new Error('closed the input box'));
    const checked = await checking;
    assert.ok(!checked.ok && checked.aborted);
    const again = await checkApiKey(LOCAL_API_KEY, server.baseUrl, controller.signal);
    assert.ok(!again.ok && again.aborted, 'before it began');
  });
});
