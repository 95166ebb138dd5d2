import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { startLiveServer, type Delivery, type LiveServer } from '../../live-server/index.ts';
import type { JsonObject } from '../../live-server/wire/json-value.ts';
import { connectSession, type ServerMessage } from './wire-client.ts';

const QUICK = { timesRealTime: 100, turnComplete: 'early' } as const;

describe('what the Live server bills', () => {
  let server: LiveServer;
  afterEach(async () => server.close());

  async function bills(turns: number, usage: Delivery['usage'], setup: JsonObject = {}): Promise<ServerMessage[]> {
    const further = {
      steps: Array.from({ length: turns }, () => ({ on: 'text', reply: { say: 'Two dowels and a board.' } }) as const),
    };
    server = await startLiveServer({ seed: 3, delivery: { ...QUICK, usage }, script: { connections: [], further } });
    const client = await connectSession(server, setup);
    for (let turn = 0; turn < turns; turn++) {
      client.send({ realtimeInput: { text: 'What is missing on this shelf?' } });
      await client.turnComplete();
    }
    return client.messages.filter(({ usageMetadata }) => usageMetadata !== undefined);
  }

  it('rides on the message it is told to ride on', async () => {
    const place = (message: ServerMessage | undefined): string => {
      const { serverContent } = message ?? {};
      if (!serverContent) return 'own-message';
      if (serverContent.turnComplete) return 'turn-complete';
      return serverContent.generationComplete ? 'generation-complete' : 'last-content';
    };
    for (const usage of ['last-content', 'generation-complete', 'own-message', 'turn-complete'] as const) {
      const [bill, ...more] = await bills(1, usage);
      assert.equal(place(bill), usage);
      assert.deepEqual(more, []);
      await server.close();
    }
  });

  it('counts 25 tokens for a second of the reply, and the whole conversation again on every turn', async () => {
    const [first, second] = await bills(2, 'mixed');
    const [reply] = server.records[0]?.replies ?? [];
    assert.ok(first?.usageMetadata && second?.usageMetadata && reply);
    const audioTokens = Math.ceil((reply.pcm16.length / 24_000) * 25);
    const [spoken, written] = [first.usageMetadata.responseTokenCount ?? 0, Math.ceil(reply.text.length / 4)];
    assert.equal(spoken, audioTokens + written);
    // The second prompt has the first question and reply in it.
    assert.ok(second.usageMetadata.promptTokenCount > first.usageMetadata.promptTokenCount + audioTokens - 30);
    assert.equal(first.usageMetadata.totalTokenCount, first.usageMetadata.promptTokenCount + spoken);
  });

  it('stops growing where the context is compressed', async () => {
    const compression = { contextWindowCompression: { triggerTokens: '120', slidingWindow: { targetTokens: '60' } } };
    const prompts = (await bills(8, 'turn-complete', compression)).map(
      ({ usageMetadata }) => usageMetadata?.promptTokenCount ?? 0,
    );
    assert.equal(prompts.length, 8);
    assert.ok(Math.max(...prompts) < 120 + 51 + 10, prompts.join(' '));
  });
});
