import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { speak, startLiveServer, timeline, type ConnectionScript, type LiveServer } from '../../live-server/index.ts';
import type { JsonObject } from '../../live-server/wire/json-value.ts';
import { connectSession, type WireClient } from './wire-client.ts';

const LONG =
  'First you lay the two side panels flat, then you push the wooden dowels into the holes, and then the shelf boards.';

async function speech(text: string): Promise<Int16Array> {
  return timeline([(await speak(text, { rateHz: 16_000, voice: 'en' })).pcm16, 900], 16_000);
}

function audioAfter(client: WireClient, index: number): number {
  return client.messages.slice(index).filter(({ serverContent }) => serverContent?.modelTurn).length;
}

describe('speaking into a reply', () => {
  let server: LiveServer;
  afterEach(async () => server.close());

  async function begin(script: ConnectionScript, setup: JsonObject = {}): Promise<WireClient> {
    server = await startLiveServer({ seed: 9, delivery: { combine: false }, script: { connections: [script] } });
    const client = await connectSession(server, setup);
    client.send({ realtimeInput: { text: 'How do I build it?' } });
    await client.next('audio', ({ serverContent }) => serverContent?.modelTurn !== undefined);
    return client;
  }

  const longThenShort: ConnectionScript = {
    steps: [
      { on: 'text', reply: { say: LONG } },
      { on: 'speech', reply: { say: 'Sorry.' } },
    ],
  };

  it('interrupts it: no more of its audio, no generationComplete, and the next turn is whole', async () => {
    const client = await begin(longThenShort);
    client.speak(await speech('Stop, please.'));
    await client.next('interrupted', ({ serverContent }) => serverContent?.interrupted === true);
    const cut = client.messages.length;
    await client.turnComplete();
    assert.equal(audioAfter(client, cut), 0);
    assert.ok(!client.messages.some(({ serverContent }) => serverContent?.generationComplete));
    await client.turnComplete();
    const [first, second] = server.records[0]?.replies ?? [];
    assert.equal(first?.state, 'interrupted');
    assert.ok(first.sentSamples < first.pcm16.length);
    assert.equal(second?.state, 'finished');
    assert.equal(client.audio.length / 2, first.sentSamples + second.pcm16.length);
  });

  it('interrupts it while the client still plays what was generated long ago', async () => {
    const client = await begin({ ...longThenShort, delivery: { timesRealTime: 50 } });
    await client.next('generationComplete', ({ serverContent }) => serverContent?.generationComplete === true);
    client.speak(await speech('Stop, please.'));
    await client.next('interrupted', ({ serverContent }) => serverContent?.interrupted === true);
    assert.equal(server.records[0]?.replies[0]?.state, 'interrupted');
  });

  it('comes after turnComplete when the service does not wait for the client to play', async () => {
    const client = await begin({ ...longThenShort, delivery: { timesRealTime: 50, turnComplete: 'early' } });
    await client.turnComplete();
    client.speak(await speech('Stop, please.'));
    await client.next('interrupted', ({ serverContent }) => serverContent?.interrupted === true);
    await server.ever('interrupted');
  });

  it('waits for the end of it with NO_INTERRUPTION, and is answered then', async () => {
    const script: ConnectionScript = {
      steps: [
        { on: 'text', reply: { say: 'Panels first.' } },
        { on: 'speech', reply: { say: 'Sorry.', delivery: { turnComplete: 'early' } } },
      ],
    };
    const client = await begin(script, { realtimeInputConfig: { activityHandling: 'NO_INTERRUPTION' } });
    client.speak(await speech('Stop, please.'));
    await client.turnComplete();
    await client.turnComplete();
    assert.ok(!client.messages.some(({ serverContent }) => serverContent?.interrupted));
    assert.deepEqual(
      server.records[0]?.replies.map(({ state }) => state),
      ['finished', 'finished'],
    );
  });

  it('is done by typing, too', async () => {
    const client = await begin({
      steps: [
        { on: 'text', reply: { say: LONG } },
        { on: 'text', reply: { say: 'Fine.' } },
      ],
    });
    client.send({ clientContent: { turns: [{ role: 'user', parts: [{ text: 'Wait' }] }], turnComplete: true } });
    await client.next('interrupted', ({ serverContent }) => serverContent?.interrupted === true);
    await client.turnComplete();
    await client.turnComplete();
    assert.deepEqual(server.records[0]?.texts, ['How do I build it?', 'Wait']);
  });
});

describe('an interruption of nothing', () => {
  it('is a pair the server can send when told to', async () => {
    const steps = [
      { on: 'speech-started', spuriousInterruption: true },
      { on: 'speech', reply: { say: 'Yes.' } },
    ] as const;
    const server = await startLiveServer({ script: { connections: [{ steps }] } });
    const client = await connectSession(server);
    client.speak(await speech('Are you there?'));
    await client.next('interrupted', ({ serverContent }) => serverContent?.interrupted === true);
    await client.turnComplete();
    assert.deepEqual(client.audio, Buffer.alloc(0));
    await client.turnComplete();
    assert.ok(server.records[0]?.replies[0]?.state === 'finished');
    await server.close();
  });
});
