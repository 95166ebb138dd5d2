import assert from 'node:assert/strict';
import { Peer, type PeerConnection } from './peer.ts';
import { handle, KEY, Talk } from './talk.ts';

/** Pauses short enough to wait for in a test. */
const QUICK = { backoffFirstMs: 1, backoffLongestMs: 2, quotaFirstMs: 1, quotaLongestMs: 2 };

describe('a session under way', () => {
  let peer: Peer;
  let talk: Talk;

  beforeEach(async () => {
    peer = await Peer.listen();
    talk = new Talk({ baseUrl: peer.baseUrl, session: { timings: QUICK } });
    talk.session.start();
  });

  afterEach(async () => {
    talk.session.dispose();
    await peer.close();
  });

  const live = async (...messages: Parameters<PeerConnection['accept']>): Promise<PeerConnection> => {
    const service = await peer.connection();
    await service.accept(...messages);
    await talk.state('live');
    return service;
  };

  /** What the next connection asks to resume. */
  const resumes = async (): Promise<unknown> => {
    const service = await peer.connection();
    return (await service.accept())['sessionResumption'];
  };

  const ENDS: readonly (readonly [number | undefined, string, string, object])[] = [
    [1011, 'The service is currently unavailable.', 'service-unavailable', { handle: 'h1' }],
    [1011, 'Internal error encountered.', 'service-unavailable', { handle: 'h1' }],
    [1011, 'Deadline expired before operation could complete.', 'connection-lifetime', { handle: 'h1' }],
    [1000, '', 'connection-lost', { handle: 'h1' }],
    [undefined, '', 'connection-lost', { handle: 'h1' }],
    [1008, 'Operation is not implemented, or supported, or enabled.', 'operation-refused', { handle: 'h1' }],
    [1008, 'BidiGenerateContent session not found', 'session-expired', {}],
    [1008, 'Requested entity was not found.', 'session-expired', {}],
    [
      1007,
      'The input modality CONTENT_TYPE_AUDIO is not supported for this model configuration.',
      'media-refused',
      { handle: 'h1' },
    ],
    [1011, 'Resource has been exhausted (e.g. check quota).', 'quota', { handle: 'h1' }],
  ];
  for (const [code, reason, failureCode, resumption] of ENDS) {
    it(`goes on after ${code ?? 'a close without a code'} "${reason.slice(0, 50)}"`, async () => {
      const service = await live(handle('h1'));
      // What the service says is told in order: when the usage has come, so has the handle before it.
      service.say({ usageMetadata: { totalTokenCount: 1 } });
      await talk.until(() => talk.all('usage').length > 0);
      service.close(code, reason);
      assert.deepEqual(await resumes(), resumption);
      await talk.state('live');
      const failures = talk
        .all('state')
        .flatMap(({ state }) => (state.kind === 'reconnecting' ? [state.failure?.code] : []));
      assert.deepEqual(failures, [failureCode]);
    });
  }

  it('ends when audio is refused a second time', async () => {
    const reason = 'The input modality CONTENT_TYPE_AUDIO is not supported for this model configuration.';
    (await live()).close(1007, reason);
    const second = await peer.connection();
    await second.accept();
    second.close(1007, reason);
    assert.equal((await talk.failure()).code, 'media-refused');
  });

  it('drops a handle that the service refuses and begins afresh, once', async () => {
    (await live(handle('h1'))).cut();
    const second = await peer.connection();
    assert.deepEqual((await second.hears('setup'))['sessionResumption'], { handle: 'h1' });
    second.close(1007, 'Request contains an invalid argument.');
    const third = await peer.connection();
    assert.deepEqual((await third.hears('setup'))['sessionResumption'], {});
    third.close(1007, 'Request contains an invalid argument.');
    assert.equal((await talk.failure()).code, 'setup-refused');
  });

  it('drops a stale handle', async () => {
    (await live(handle('h1'))).cut();
    const second = await peer.connection();
    await second.hears('setup');
    second.close(1007, 'Invalid session handle');
    assert.deepEqual(await resumes(), {});
  });

  it('skips an unreadable frame and goes on', async () => {
    const service = await live();
    service.sayRaw('{"serverContent": ').say({ serverContent: { outputTranscription: { text: 'Still here.' } } });
    await talk.until(() => talk.entries.length === 1);
    assert.equal(talk.session.state.kind, 'live');
    assert.ok(talk.log.some((line) => line.includes('no JSON object')));
  });

  it('renews a connection on which nothing readable comes any more', async () => {
    const service = await live(handle('h1'));
    for (let i = 0; i < 8; i += 1) service.sayRaw('\u0000\u0001garbage');
    assert.deepEqual(await resumes(), { handle: 'h1' });
    await service.closed;
  });

  it('is given up after six connections that all die young, and can be begun again by a button', async () => {
    const failure = talk.failure();
    for (let i = 0; i < 7; i += 1) {
      const service = await peer.connection();
      await service.accept();
      service.cut();
    }
    const { code, buttons } = await failure;
    assert.equal(code, 'connection-lost');
    assert.equal(buttons[0]?.action, 'start');
    assert.equal(peer.connections.length, 7);
  });

  it('never lets the key out', async () => {
    const service = await live();
    service.close(1008, `no: ?key=${KEY} and ${KEY} ${Buffer.from(KEY).toString('base64')}`.slice(0, 120));
    await talk.failure();
    const all = JSON.stringify([talk.told, talk.log]);
    for (const spelling of [KEY, encodeURIComponent(KEY), Buffer.from(KEY).toString('base64')]) {
      assert.ok(!all.includes(spelling), spelling);
    }
  });
});
