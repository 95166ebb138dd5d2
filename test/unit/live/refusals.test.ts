import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { Peer, type PeerConnection } from './peer.ts';
import { Talk, type TalkOptions } from './talk.ts';

/** Pauses short enough to wait for in a test. */
const QUICK = { backoffFirstMs: 1, backoffLongestMs: 2, quotaFirstMs: 1, quotaLongestMs: 2 };

/**
 * What a person gets to read for each way in which the service refuses a session (docs/live-api.md, "Why the service
 * closes a connection").
 */
const REFUSALS: readonly (readonly [number, string, string, string, string])[] = [
  [
    1007,
    'API key not valid. Please pass a valid API key.',
    'key-refused',
    'Google does not accept this API key.',
    'enterKey',
  ],
  [1008, 'api key NOT VALID, whatever the code', 'key-refused', 'Google does not accept this API key.', 'enterKey'],
  [
    1007,
    'User location is not supported for the API use',
    'region-refused',
    'HOST does not offer the Gemini API in your region.',
    'setUp',
  ],
  [
    1007,
    'Request contains an invalid argument.',
    'setup-refused',
    'HOST rejected the session settings: Request contains an invalid argument.',
    'openSettings',
  ],
  [
    1007,
    'Invalid JSON payload received. Unknown name "proactivity" at \'setup\': Cannot find field.',
    'setup-refused',
    'HOST rejected the session settings: Invalid JSON payload received. Unknown name "proactivity" at \'setup\': Cannot find field.',
    'openSettings',
  ],
  [
    1007,
    'Request has an invalid access_token query parameter',
    'token-refused',
    'HOST does not accept this access token.',
    'enterKey',
  ],
  [
    1008,
    'models/gemini-3.8-live is not found for API version v1, or is not supported for bidiGenerateContent. Call ListModels',
    'model-unknown',
    'HOST does not offer live sessions with the model "gemini-3.8-live".',
    'chooseModel',
  ],
  [
    1008,
    'API keys are not supported by this API. Expected OAuth2 access token',
    'credentials',
    'HOST does not accept the Vertex AI credentials on this machine, or none were found.',
    'setUp',
  ],
  [
    1008,
    "Method doesn't allow unregistered callers",
    'key-refused',
    'Google does not accept this API key.',
    'enterKey',
  ],
  [
    1008,
    'Something nobody has seen yet',
    'refused',
    'HOST refused the session: Something nobody has seen yet.',
    'start',
  ],
  [
    1011,
    'You exceeded your current quota, please check your plan and billing details.',
    'quota',
    'This account has used up its quota for the model for now.',
    'openQuota',
  ],
  [
    1011,
    'Resource has been exhausted (e.g. check quota).',
    'quota',
    'This account has used up its quota for the model for now.',
    'openQuota',
  ],
  [
    1007,
    'Resource has been exhausted (e.g. check quota).',
    'quota',
    'This account has used up its quota for the model for now.',
    'openQuota',
  ],
];

describe('a session that cannot begin', () => {
  let peer: Peer;
  let talk: Talk | undefined;

  beforeEach(async () => {
    peer = await Peer.listen();
  });

  afterEach(async () => {
    talk?.session.dispose();
    await peer.close();
  });

  const start = (options: Partial<TalkOptions> = {}): Talk => {
    talk = new Talk({ baseUrl: peer.baseUrl, ...options });
    talk.session.start();
    return talk;
  };

  const sentence = (text: string) => text.replace('HOST', new URL(peer.baseUrl).host);

  for (const [code, reason, failureCode, words, action] of REFUSALS) {
    it(`${code} "${reason.slice(0, 50)}" is ${failureCode}, said once and not tried again`, async () => {
      const failure = start().failure();
      const service = await peer.connection();
      await service.hears('setup');
      service.close(code, reason);
      const failed = await failure;
      assert.equal(failed.code, failureCode);
      assert.equal(failed.sentence, sentence(words));
      assert.equal(failed.buttons[0]?.action, action);
      assert.equal(peer.connections.length, 1);
    });
  }

  it('tries an unavailable service again and says so when it stays away', async () => {
    const failure = start({ session: { timings: QUICK } }).failure();
    for (const reason of [
      'The service is currently unavailable.',
      'Internal error encountered.',
      '',
      'Internal error occurred.',
    ]) {
      const service = await peer.connection();
      await service.hears('setup');
      service.close(1011, reason);
    }
    const { code, sentence: said } = await failure;
    assert.equal(code, 'service-unavailable');
    assert.equal(said, sentence('Live sessions from HOST are currently unavailable.'));
    assert.equal(peer.connections.length, 4, 'three more attempts, then no more');
  });

  const HTTP: readonly (readonly [number, string, string])[] = [
    [403, '', 'key-forbidden'],
    [404, '', 'not-served'],
    [429, '', 'quota'],
    [400, '{"error":{"code":400,"message":"API key not valid. Please pass a valid API key."}}', 'key-refused'],
    [400, '{"error":{"message":"User location is not supported for the API use."}}', 'region-refused'],
  ];
  for (const [status, body, code] of HTTP) {
    it(`HTTP ${status} ${body === '' ? 'without words' : body.slice(10, 60)} is ${code}`, async () => {
      peer.upgrade = { status, body };
      assert.equal((await start().failure()).code, code);
      assert.equal(peer.upgradeUrls.length, 1);
      await peer.deserted();
    });
  }

  it('says that nobody is there when the connection is refused', async () => {
    const { baseUrl } = peer;
    await peer.close();
    const failed = await start({ baseUrl }).failure();
    peer = await Peer.listen();
    assert.equal(failed.code, 'no-network');
    assert.match(failed.sentence, /cannot be reached/);
    assert.match(failed.detail, /ECONNREFUSED/);
  });

  it('gives up on a server that never answers the upgrade, and closes its socket', async () => {
    peer.upgrade = 'never';
    const failed = await start({ session: { timings: { connectMs: 50 } } }).failure();
    assert.equal(failed.code, 'no-answer');
    await peer.deserted();
  });

  it('gives up on a server that takes the setup and never completes it, and closes its socket', async () => {
    const failure = start({ session: { timings: { connectMs: 200, closeMs: 20 } } }).failure();
    const service = await peer.connection();
    await service.hears('setup');
    assert.equal((await failure).code, 'no-answer');
    await service.closed;
  });

  it('gives up on a server that sends garbage instead of setupComplete', async () => {
    const failure = start().failure();
    const service = await peer.connection();
    service.sayRaw('<html>not JSON</html>');
    assert.equal((await failure).code, 'garbage');
    await service.closed;
  });

  it('gives up on something that does not speak HTTP', async () => {
    const server: Server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('220 mail.example ESMTP\r\n');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : undefined;
    const failed = await start({ baseUrl: `http://127.0.0.1:${port}` }).failure();
    server.close();
    assert.equal(failed.code, 'not-served');
  });

  it('refuses a key that cannot be one without asking anybody', async () => {
    const failed = await start({ credentials: { kind: 'gemini', apiKey: 'my key & more' } }).failure();
    assert.equal(failed.code, 'key-refused');
    assert.equal(peer.upgradeUrls.length, 0);
  });

  it('stops while it connects, at every step, and leaves no socket', async () => {
    const early = start();
    await early.session.stop();
    assert.deepEqual(early.session.state, { kind: 'ended', reason: { kind: 'stopped' } });
    assert.equal(peer.upgradeUrls.length, 0, 'before there was a socket');

    peer.upgrade = 'never';
    const upgrading = start();
    await peer.upgraded(1);
    await upgrading.session.stop();
    await peer.deserted();

    peer.upgrade = 'accept';
    const settingUp = start();
    const service = await peer.connection();
    await service.hears('setup');
    await Promise.all([settingUp.session.stop(), settingUp.session.stop()]);
    await service.closed;
    await peer.deserted();
  });

  it('does not hang on a half-closed server that ignores the closing handshake', async () => {
    const hung = start({ session: { timings: { closeMs: 20 } } });
    const service: PeerConnection = await peer.connection();
    await service.accept();
    await hung.state('live');
    service.pause();
    await hung.session.stop();
    assert.equal(hung.session.state.kind, 'ended');
    service.resume();
    await service.closed;
  });
});
