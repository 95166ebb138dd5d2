import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { LOCAL_ACCESS_TOKEN, LOCAL_API_KEY, startLiveServer, type LiveServer } from '../../live-server/index.ts';
import { connect, GEMINI_PATH, MODEL, VERTEX_PATH, webSocketUrl, WireClient } from './wire-client.ts';

const VERTEX_MODEL = 'projects/p/locations/us-central1/publishers/google/models/gemini-3.8-live';

async function isLetIn(client: WireClient, model: string): Promise<void> {
  await client.opened();
  client.send({ setup: { model } });
  await client.next('setupComplete', ({ setupComplete }) => setupComplete !== undefined);
}

async function isTurnedAway(client: WireClient, model: string): Promise<{ code: number; reason: string }> {
  await client.opened();
  client.send({ setup: { model } });
  return client.closed;
}

describe('the Live server is reached', () => {
  let server: LiveServer;
  beforeEach(async () => (server = await startLiveServer()));
  afterEach(async () => server.close());

  for (const path of [
    GEMINI_PATH,
    `/${GEMINI_PATH}`,
    `/gateway/v2${GEMINI_PATH}`,
    GEMINI_PATH.replace('v1beta', 'v1alpha'),
  ]) {
    it(`at ${path}`, async () => {
      await isLetIn(new WireClient(webSocketUrl(server, path)), MODEL);
      assert.equal(server.records[0]?.path, path);
    });
  }

  it('with the key in a header', async () => {
    await isLetIn(new WireClient(webSocketUrl(server, GEMINI_PATH, ''), { 'x-goog-api-key': LOCAL_API_KEY }), MODEL);
  });

  for (const path of [VERTEX_PATH, `/${VERTEX_PATH}`]) {
    it(`at ${path} with an access token`, async () => {
      const headers = { authorization: `Bearer ${LOCAL_ACCESS_TOKEN}` };
      await isLetIn(new WireClient(webSocketUrl(server, path, ''), headers), VERTEX_MODEL);
      assert.equal(server.records[0]?.auth, 'bearer');
    });
  }
});

describe('the Live server turns away', () => {
  let server: LiveServer;
  beforeEach(async () => (server = await startLiveServer()));
  afterEach(async () => server.close());

  it('a wrong key', async () => {
    const closed = await isTurnedAway(new WireClient(webSocketUrl(server, GEMINI_PATH, '?key=wrong')), MODEL);
    assert.deepEqual(closed, { code: 1007, reason: 'API key not valid. Please pass a valid API key.' });
  });

  it('a client without a key', async () => {
    const closed = await isTurnedAway(new WireClient(webSocketUrl(server, GEMINI_PATH, '')), MODEL);
    assert.equal(closed.code, 1008);
  });

  it('an API key on Vertex', async () => {
    const { code, reason } = await isTurnedAway(new WireClient(webSocketUrl(server, VERTEX_PATH)), VERTEX_MODEL);
    assert.equal(code, 1008);
    assert.match(reason, /^API keys are not supported by this API\. Expected OAuth2 access token/);
  });

  it('a wrong access token', async () => {
    const client = new WireClient(webSocketUrl(server, VERTEX_PATH, ''), { authorization: 'Bearer other' });
    assert.equal((await isTurnedAway(client, VERTEX_MODEL)).code, 1008);
  });

  it('a Vertex model in the global location', async () => {
    const client = new WireClient(webSocketUrl(server, VERTEX_PATH, ''), {
      authorization: `Bearer ${LOCAL_ACCESS_TOKEN}`,
    });
    assert.equal((await isTurnedAway(client, VERTEX_MODEL.replace('us-central1', 'global'))).code, 1008);
  });

  for (const path of [GEMINI_PATH.replace('v1beta', 'v1'), '/ws/elsewhere', '/']) {
    it(`the handshake at ${path}`, async () => {
      await assert.rejects(connect(server, path), /Unexpected server response: 404/);
    });
  }

  it('keeps no key and no token in its records', async () => {
    await isTurnedAway(new WireClient(webSocketUrl(server), { 'x-goog-api-key': LOCAL_API_KEY }), 'models/none');
    const kept =
      JSON.stringify([server.records.map(({ path, headers }) => ({ path, headers })), server.events]) + server.dump();
    assert.ok(!kept.includes(LOCAL_API_KEY));
  });
});

describe('the key check of the Live server', () => {
  let server: LiveServer;
  beforeEach(async () => (server = await startLiveServer()));
  afterEach(async () => server.close());

  async function check(key: string | undefined): Promise<{ status: number; body: unknown }> {
    const headers = key === undefined ? {} : { 'x-goog-api-key': key };
    const response = await fetch(`${server.baseUrl}/v1beta/models?pageSize=1`, { headers });
    return { status: response.status, body: await response.json() };
  }

  it('lists one model for a good key', async () => {
    const { status, body } = await check(LOCAL_API_KEY);
    assert.equal(status, 200);
    assert.match(JSON.stringify(body), /"name":"models\/gemini-3\.8-live"/);
  });

  for (const { what, key, answer, status, wording } of [
    { what: 'a wrong key', key: 'wrong', answer: 'real', status: 400, wording: /INVALID_ARGUMENT.*API_KEY_INVALID/s },
    { what: 'no key', key: undefined, answer: 'real', status: 403, wording: /PERMISSION_DENIED/ },
    {
      what: 'a project without the API',
      key: LOCAL_API_KEY,
      answer: 'forbidden',
      status: 403,
      wording: /PERMISSION_DENIED/,
    },
    {
      what: 'a country without the API',
      key: LOCAL_API_KEY,
      answer: 'location',
      status: 400,
      wording: /FAILED_PRECONDITION/,
    },
  ] as const) {
    it(`refuses ${what} in Google's form`, async () => {
      server.keyCheck = answer;
      const checked = await check(key);
      assert.equal(checked.status, status);
      assert.match(JSON.stringify(checked.body), wording);
    });
  }
});
