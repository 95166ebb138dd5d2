import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { CLOSE, startLiveServer, type ConnectionScript, type LiveServer } from '../../live-server/index.ts';
import { connect, connectSession, MODEL, webSocketUrl, WireClient } from './wire-client.ts';

const LONG = 'First you lay the two side panels flat, then you push the wooden dowels into the holes.';

describe('on demand the Live server', () => {
  let server: LiveServer;
  afterEach(async () => server.close());

  async function start(...connections: ConnectionScript[]): Promise<void> {
    server = await startLiveServer({ seed: 1, script: { connections } });
  }

  for (const status of [403, 404, 429, 503]) {
    it(`refuses the handshake with ${status}`, async () => {
      await start({ upgrade: { status, body: 'no' } });
      await assert.rejects(connect(server), new RegExp(`Unexpected server response: ${status}`));
      await server.next('refused');
    });
  }

  it('never answers the handshake', async () => {
    await start({ upgrade: 'never' });
    const client = new WireClient(webSocketUrl(server));
    await server.next('refused', ({ status }) => status === 'never');
    assert.equal(client.socket.readyState, client.socket.CONNECTING);
    client.socket.terminate();
  });

  it('never answers the setup', async () => {
    await start({ setup: 'never' });
    const client = await connect(server);
    client.send({ setup: { model: MODEL } });
    await server.next('setup');
    client.send({ realtimeInput: { text: 'hello?' } });
    client.socket.close();
    await server.next('closed');
    assert.deepEqual(client.messages, []);
  });

  it('closes before a word is said', async () => {
    await start({ setup: { closeAtOnce: CLOSE.region } });
    assert.deepEqual(await (await connect(server)).closed, CLOSE.region);
  });

  it('closes in answer to the setup, with any code and reason', async () => {
    for (const close of [CLOSE.quota, CLOSE.unavailable, CLOSE.entityNotFound, { code: 1000, reason: '' }]) {
      await start({ setup: { close } });
      const client = await connect(server);
      client.send({ setup: { model: MODEL } });
      assert.deepEqual(await client.closed, close);
      await server.close();
    }
  });

  for (const { what, close, code } of [
    { what: 'closes', close: CLOSE.internal, code: 1011 },
    { what: 'closes without a code', close: { code: 1005, reason: '' }, code: 1005 },
    { what: 'breaks the connection', close: { code: 1006, reason: '' }, code: 1006 },
  ]) {
    it(`${what} in the middle of a reply`, async () => {
      await start({ steps: [{ on: 'text', reply: { say: LONG, during: [{ afterAudioMs: 500, close }] } }] });
      const client = await connectSession(server);
      client.send({ realtimeInput: { text: 'go' } });
      assert.equal((await client.closed).code, code);
      const [reply] = server.records[0]?.replies ?? [];
      assert.ok(reply && reply.sentSamples >= 12_000 && reply.sentSamples < reply.pcm16.length);
      assert.equal(reply.state, 'abandoned');
    });
  }

  it('stops sending in the middle of a reply, and goes on when told to', async () => {
    await start({
      steps: [
        {
          on: 'text',
          reply: {
            say: 'One, two, three, four.',
            delivery: { timesRealTime: 20, turnComplete: 'early' },
            during: [{ afterAudioMs: 200, stall: 'sending' }],
          },
        },
      ],
    });
    const client = await connectSession(server);
    client.send({ realtimeInput: { text: 'go' } });
    const { reply } = await server.next('reply-finished');
    assert.ok(client.audio.length / 2 < reply.pcm16.length);
    server.connection.act({ resume: true });
    await client.turnComplete();
    assert.equal(client.audio.length / 2, reply.pcm16.length);
  });

  it("stops reading, so that the client's own buffer grows", async () => {
    await start({ steps: [{ on: 'text', stall: 'reading' }, { on: 'text' }] });
    const client = await connectSession(server);
    client.send({ realtimeInput: { text: 'stop listening' } });
    await server.next('text');
    // More than the kernel's socket buffers on both sides take.
    const megabyte = { realtimeInput: { text: 'x'.repeat(1_000_000) } };
    for (let count = 0; count < 24; count++) client.send(megabyte);
    assert.ok(client.socket.bufferedAmount > 1_000_000, `only ${client.socket.bufferedAmount} bytes waiting`);
    server.connection.act({ resume: true });
    await server.next('text', () => true, 'the first text after the stall');
  });

  it('sends garbage, and stays open', async () => {
    const steps = (['not-json', 'wrong-shapes', 'truncated', 'empty', 'text-opcode'] as const).map(
      (garbage) => ({ on: 'text', garbage }) as const,
    );
    await start({ steps });
    const client = await connectSession(server);
    const before = client.frames.length;
    for (let count = 0; count < steps.length; count++) client.send({ realtimeInput: { text: `garbage ${count}` } });
    client.send({ realtimeInput: { text: 'still there?' } });
    await server.next('unscripted');
    server.connection.act({ message: { goAway: { timeLeft: '10s' } } });
    await client.next('goAway', ({ goAway }) => goAway !== undefined);
    const frames = client.frames.slice(before, before + steps.length);
    assert.match(frames[0]?.data.toString() ?? '', /Bad Gateway/);
    assert.throws(() => JSON.parse(frames[2]?.data.toString() ?? '') as unknown);
    assert.deepEqual(
      frames.map(({ isBinary }) => isBinary),
      [true, true, true, true, false],
    );
  });

  it('sends a frame larger than any client should take', async () => {
    await start({ steps: [{ on: 'text', garbage: 'oversized' }] });
    const client = await connectSession(server);
    client.send({ realtimeInput: { text: 'more' } });
    await client.next('the frame', (message) => 'padding' in message);
    assert.ok((client.frames.at(-1)?.data.length ?? 0) > 16 * 1024 * 1024);
  });

  it('plays a script of several connections, and says what happened when a wait is in vain', async () => {
    await start(
      { steps: [{ on: 'setup', close: CLOSE.unavailable }] },
      { steps: [{ on: 'text', contains: 'SHELF', reply: { say: '' } }] },
    );
    const first = await connectSession(server);
    assert.equal((await first.closed).code, 1011);
    const second = await connectSession(server);
    second.send({ realtimeInput: { text: 'hello' } });
    await server.next('unscripted');
    second.send({ realtimeInput: { text: 'Which shelf?' } });
    await second.turnComplete();
    assert.equal(second.audio.length, 0);
    await assert.rejects(
      server.next('utterance', () => true, 'a spoken question', 1),
      (error: Error) => {
        assert.match(error.message, /waited 1 ms for "a spoken question \(seed 1\)"/);
        assert.match(error.message, /#1 text \{"text":"Which shelf\?","via":"realtimeInput"\}/);
        return true;
      },
    );
  });

  it('does what a script says at a time after setup', async () => {
    await start({
      steps: [
        { at: 20, message: { goAway: { timeLeft: '50s' } } },
        { at: 40, close: CLOSE.deadline },
      ],
    });
    const client = await connectSession(server);
    await client.next('goAway', ({ goAway }) => goAway?.timeLeft === '50s');
    assert.deepEqual(await client.closed, CLOSE.deadline);
  });

  it('holds many conversations at once and ends them all', async () => {
    server = await startLiveServer({
      script: { connections: [], further: { steps: [{ on: 'text', reply: { say: LONG } }] } },
    });
    const clients = await Promise.all(Array.from({ length: 20 }, async () => connectSession(server)));
    for (const client of clients) client.send({ realtimeInput: { text: 'go' } });
    await Promise.all(
      clients.map(async (client) =>
        client.next('audio', ({ serverContent }) => serverContent?.modelTurn !== undefined),
      ),
    );
    await server.close();
    const closed = await Promise.all(clients.map(async (client) => client.closed));
    assert.deepEqual(new Set(closed.map(({ code }) => code)), new Set([1006]));
  });
});
