import assert from 'node:assert/strict';
import { GoogleGenAI } from '@google/genai';
import { OAuth2Client } from 'google-auth-library';
import { singleSlash } from '../../../src/live/connection/live-socket.ts';
import { replaceSocketFactory } from '../../../src/live/connection/sdk.ts';
import { Peer } from './peer.ts';
import { audio, KEY, says, Talk } from './talk.ts';

describe('the SDK', () => {
  it('still has the private factory that gives us its socket', () => {
    const { live } = new GoogleGenAI({ apiKey: KEY, vertexai: false });
    const factory = { create: () => ({ connect: () => undefined, send: () => undefined, close: () => undefined }) };
    replaceSocketFactory(live, factory);
    assert.equal(Reflect.get(live, 'webSocketFactory'), factory);
    assert.throws(() => replaceSocketFactory({}, factory), /no longer/);
  });

  it('is given one slash before the path, and a prefix is left as it is', () => {
    assert.equal(singleSlash('ws://h:1//ws/x?key=a//b'), 'ws://h:1/ws/x?key=a//b');
    assert.equal(singleSlash('wss://h/pre/ws/x'), 'wss://h/pre/ws/x');
  });

  it('reaches a gateway under a path of its own', async () => {
    const peer = await Peer.listen();
    const talk = new Talk({ baseUrl: `${peer.baseUrl}/gateway/` });
    talk.session.start();
    assert.match((await peer.connection()).url, /^\/gateway\/ws\/google\.ai\.generativelanguage\.v1beta\./);
    talk.session.dispose();
    await peer.close();
  });

  it('causes no unhandled rejection by frames that are no messages, before, with and after the setup', async () => {
    const rejections: unknown[] = [];
    const note = (error: unknown) => void rejections.push(error);
    process.on('unhandledRejection', note);
    const peer = await Peer.listen();
    const talk = new Talk({ baseUrl: peer.baseUrl });
    talk.session.on('entry', () => {
      throw new Error('a listener that fails');
    });
    talk.session.start();
    const service = await peer.connection();
    await service.accept(says('Hello'));
    service.sayRaw('{').sayRaw('').say(says(' there'), audio(48));
    await talk.until(() => talk.all('audio').length === 1);
    await talk.session.stop();
    await service.closed;
    await new Promise(setImmediate);
    process.off('unhandledRejection', note);
    await peer.close();
    assert.deepEqual(rejections, []);
  });
});

describe('Vertex AI', () => {
  let peer: Peer;
  let talk: Talk;

  beforeEach(async () => {
    peer = await Peer.listen();
  });

  afterEach(async () => {
    talk.session.dispose();
    await peer.close();
  });

  const signedIn = () => {
    const client = new OAuth2Client();
    client.setCredentials({ access_token: 'token-of-a-test', expiry_date: Date.now() + 3_600_000 });
    return client;
  };
  const start = (location: string, authClient?: OAuth2Client) => {
    const credentials = {
      kind: 'vertex' as const,
      project: 'a-project',
      location,
      ...(authClient ? { authClient } : {}),
    };
    talk = new Talk({ baseUrl: peer.baseUrl, credentials, session: { timings: { credentialsMs: 2000 } } });
    talk.session.start();
  };

  it('is spoken to with a bearer token, on its own path and version, by the full name of the model', async () => {
    start('us-central1', signedIn());
    const service = await peer.connection();
    assert.equal(service.url, '/ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent');
    assert.equal(service.headers.authorization, 'Bearer token-of-a-test');
    const setup = await service.accept({ serverContent: { outputTranscription: { text: 'Hi.' } } }, audio(48));
    assert.equal(setup['model'], 'projects/a-project/locations/us-central1/publishers/google/models/gemini-3.8-live');
    await talk.until(() => talk.lines.length === 1 && talk.all('audio').length === 1);
  });

  it('in no region is refused before anybody is asked', async () => {
    start('global', signedIn());
    const failed = await talk.failure();
    assert.equal(failed.code, 'location-refused');
    assert.match(failed.sentence, /us-central1/);
    assert.deepEqual(
      failed.buttons.map(({ action }) => action),
      ['setUp'],
    );
    assert.equal(peer.upgradeUrls.length, 0);
  });

  it('without credentials says so, with a button that leads to them', async () => {
    const client = new OAuth2Client();
    start('us-central1', client);
    const failed = await talk.failure();
    assert.equal(failed.code, 'credentials');
    assert.equal(failed.buttons[0]?.action, 'setUp');
    assert.equal(peer.upgradeUrls.length, 0);
  });

  it('does not wait for ever for credentials that never come', async () => {
    const client = new OAuth2Client();
    client.getRequestHeaders = () => new Promise(() => undefined);
    const credentials = { kind: 'vertex' as const, project: 'p', location: 'us-central1', authClient: client };
    talk = new Talk({ baseUrl: peer.baseUrl, credentials, session: { timings: { credentialsMs: 20 } } });
    talk.session.start();
    assert.equal((await talk.failure()).code, 'credentials');
  });
});
