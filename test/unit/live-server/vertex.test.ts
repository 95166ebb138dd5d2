import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import {
  LOCAL_ACCESS_TOKEN,
  speak,
  startLiveServer,
  timeline,
  type LiveServer,
  type Step,
} from '../../live-server/index.ts';
import type { JsonObject } from '../../live-server/wire/json-value.ts';
import { VERTEX_PATH, webSocketUrl, WireClient, type ServerMessage } from './wire-client.ts';

describe('the Live server as Vertex AI', () => {
  let server: LiveServer;
  afterEach(async () => server.close());

  async function begin(steps: readonly Step[], setup: JsonObject): Promise<WireClient> {
    const delivery = { timesRealTime: 100, turnComplete: 'early', usage: 'turn-complete' } as const;
    server = await startLiveServer({ delivery, script: { connections: [{ steps }] } });
    const headers = { authorization: `Bearer ${LOCAL_ACCESS_TOKEN}` };
    const client = new WireClient(webSocketUrl(server, VERTEX_PATH, ''), headers);
    await client.opened();
    client.send({
      setup: { model: 'projects/p/locations/europe-west1/publishers/google/models/gemini-3.8-live', ...setup },
    });
    await client.next('setupComplete', ({ setupComplete }) => setupComplete !== undefined);
    return client;
  }

  async function question(): Promise<Int16Array> {
    const { pcm16 } = await speak('Where does this board go?', { rateHz: 16_000, voice: 'en' });
    return timeline([300, pcm16, 900], 16_000);
  }

  it('withdraws a blocking call when the user says something new', async () => {
    const functionDeclarations = [{ name: 'build', behavior: 'BLOCKING' }, { name: 'search' }];
    const toolCall = [
      { name: 'build', id: 'b' },
      { name: 'search', id: 's' },
    ];
    const client = await begin([{ on: 'text', toolCall }], { tools: [{ functionDeclarations }] });
    client.send({ realtimeInput: { text: 'Build it and look it up.' } });
    await server.next('tool-call');
    client.speak(await question());
    const { toolCallCancellation } = await client.next(
      'cancellation',
      (message) => message.toolCallCancellation !== undefined,
    );
    assert.deepEqual(toolCallCancellation?.ids, ['b']);
    assert.deepEqual(
      server.records[0]?.toolCalls.open.map(({ id }) => id),
      ['s'],
    );
  });

  it('tells when speech begins and ends, if asked', async () => {
    const client = await begin([], { explicitVadSignal: true });
    client.speak(await question());
    await server.next('utterance');
    await client.next('end of speech', (message) => JSON.stringify(message).includes('VAD_SIGNAL_TYPE_EOS'));
    assert.ok(client.messages.some((message) => JSON.stringify(message).includes('VAD_SIGNAL_TYPE_SOS')));
  });

  it('takes new instructions in mid-session', async () => {
    const client = await begin([{ on: 'text', reply: { say: 'Yes.' } }], {});
    client.send({ contextUpdate: { systemInstruction: { parts: [{ text: 'Be brief.' }] }, tools: { tools: [] } } });
    client.send({ realtimeInput: { text: 'Still there?' } });
    const end: ServerMessage & { usageMetadata?: { candidatesTokenCount?: number } } = await client.turnComplete();
    assert.ok((end.usageMetadata?.candidatesTokenCount ?? 0) > 0);
  });
});
