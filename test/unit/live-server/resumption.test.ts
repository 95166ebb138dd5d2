import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { startAssistantServer } from '../../live-server/assistant/assistant-server.ts';
import type { LiveServer } from '../../live-server/index.ts';
import type { JsonObject } from '../../live-server/wire/json-value.ts';
import { connect, connectSession, MODEL, type Closed, type WireClient } from './wire-client.ts';

const QUICK = { timesRealTime: 100, turnComplete: 'early' } as const;
const TWO_HOURS_MS = 2 * 3_600_000;

describe('a session', () => {
  let server: LiveServer;
  let nowMs = 0;
  beforeEach(async () => {
    nowMs = 0;
    server = await startAssistantServer({ delivery: QUICK, nowMs: () => nowMs });
  });
  afterEach(async () => server.close());

  async function ask(client: WireClient, text: string): Promise<string> {
    const before = client.transcript('outputTranscription').length;
    client.send({ realtimeInput: { text } });
    await client.turnComplete();
    return client.transcript('outputTranscription').slice(before);
  }

  async function resume(handle: string, setup: JsonObject = {}): Promise<WireClient> {
    return connectSession(server, { ...setup, sessionResumption: { handle } });
  }

  async function refusal(handle: string, model = MODEL): Promise<Closed> {
    const client = await connect(server);
    client.send({ setup: { model, sessionResumption: { handle } } });
    return client.closed;
  }

  async function hangUp(client: WireClient): Promise<void> {
    client.socket.close();
    await client.closed;
  }

  /** Says something, hangs up, and returns the handle it was given. */
  async function sessionWithHistory(): Promise<string> {
    const client = await connectSession(server, { sessionResumption: {} });
    await ask(client, 'The shelf is called Billy.');
    const handle = await client.handle();
    await hangUp(client);
    return handle;
  }

  it('is remembered on another socket, with other settings', async () => {
    const handle = await sessionWithHistory();
    const client = await resume(handle, {
      outputAudioTranscription: {},
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
    });
    assert.match(await ask(client, 'What did I say before?'), /The shelf is called Billy\./);
  });

  it('is not remembered without its handle', async () => {
    await sessionWithHistory();
    const client = await connectSession(server, { sessionResumption: {} });
    assert.match(await ask(client, 'What did I say before?'), /not said anything/);
  });

  it('comes back as it was when the handle was given out', async () => {
    const client = await connectSession(server, { sessionResumption: {} });
    await ask(client, 'First.');
    const handle = await client.handle();
    await ask(client, 'Second.');
    await hangUp(client);
    assert.match(await ask(await resume(handle), 'What did I say before?'), /First\./);
  });

  it('cannot be resumed while a reply is under way: the update has no handle', async () => {
    const client = await connectSession(server, { sessionResumption: {} });
    client.send({ realtimeInput: { text: 'hello' } });
    const update = await client.next('update', ({ sessionResumptionUpdate }) => sessionResumptionUpdate !== undefined);
    assert.deepEqual(update.sessionResumptionUpdate, {});
    await client.turnComplete();
    assert.match(await client.handle(), /^[0-9a-f-]{36}$/);
  });

  it('cannot be resumed while its old socket is still open', async () => {
    const client = await connectSession(server, { sessionResumption: {} });
    await ask(client, 'hello');
    const handle = await client.handle();
    assert.equal((await refusal(handle)).code, 1011);
    await hangUp(client);
    await resume(handle);
  });

  it('cannot be resumed with another model', async () => {
    const handle = await sessionWithHistory();
    const closed = await refusal(handle, 'models/gemini-3.1-flash-live-preview');
    assert.deepEqual(closed, { code: 1007, reason: 'Request contains an invalid argument.' });
  });

  it('can be resumed for two hours after it ended, and then no more', async () => {
    const handle = await sessionWithHistory();
    nowMs = TWO_HOURS_MS;
    await hangUp(await resume(handle));
    nowMs = TWO_HOURS_MS + 1;
    assert.deepEqual(await refusal(handle), { code: 1007, reason: 'Invalid session handle' });
  });

  it('ends some time after goAway, and goes on with its handle', async () => {
    const client = await connectSession(server, { sessionResumption: {} });
    await ask(client, 'The shelf is called Billy.');
    const handle = await client.handle();
    server.connection.act({ goAway: { timeLeftMs: 50 } });
    const { goAway } = await client.next('goAway', (message) => message.goAway !== undefined);
    assert.equal(goAway?.timeLeft, '0.05s');
    assert.deepEqual(await client.closed, { code: 1011, reason: 'Deadline expired before operation could complete.' });
    assert.match(await ask(await resume(handle), 'What did I say before?'), /Billy/);
  });

  it('tells without being asked that it could be resumed, but gives no handle then', async () => {
    const client = await connectSession(server);
    client.send({ realtimeInput: { text: 'hello' } });
    await client.turnComplete();
    assert.equal(await client.handle(), '');
  });
});
