import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { startLiveServer, type LiveServer, type Step } from '../../live-server/index.ts';
import { connectSession, type WireClient } from './wire-client.ts';

describe('a tool call', () => {
  let server: LiveServer;
  afterEach(async () => server.close());

  async function begin(steps: readonly Step[]): Promise<WireClient> {
    server = await startLiveServer({
      delivery: { timesRealTime: 100, turnComplete: 'early' },
      script: { connections: [{ steps }] },
    });
    const client = await connectSession(server, {
      sessionResumption: {},
      tools: [{ functionDeclarations: [{ name: 'read' }] }],
    });
    client.send({ realtimeInput: { text: 'What is in the file?' } });
    return client;
  }

  async function calls(client: WireClient): Promise<{ id: string; name: string }[]> {
    const { toolCall } = await client.next('toolCall', (message) => message.toolCall !== undefined);
    return toolCall?.functionCalls ?? [];
  }

  const readTwo: Step = {
    on: 'text',
    toolCall: [
      { name: 'read', args: { path: 'a.ts' } },
      { name: 'read', args: { path: 'b.ts' } },
    ],
  };

  it('is answered, and the reply follows', async () => {
    const client = await begin([readTwo, { on: 'tool-response', reply: { say: 'It is empty.' } }]);
    const [first, second] = await calls(client);
    const answer = (id: string | undefined) => ({ id, name: 'read', response: { text: '' } });
    client.send({ toolResponse: { functionResponses: [answer(first?.id), answer(second?.id)] } });
    await client.turnComplete();
    const recorded = server.records[0]?.toolCalls.calls ?? [];
    assert.deepEqual(
      recorded.map(({ args }) => args),
      [{ path: 'a.ts' }, { path: 'b.ts' }],
    );
    assert.deepEqual(
      recorded.map(({ answers }) => answers.length),
      [1, 1],
    );
    assert.deepEqual(server.records[0]?.toolCalls.open, []);
  });

  it('keeps the session from being resumed until it is answered', async () => {
    const client = await begin([readTwo, { on: 'tool-response' }, { on: 'tool-response', reply: { say: 'Done.' } }]);
    const [first, second] = await calls(client);
    client.send({ toolResponse: { functionResponses: [{ id: first?.id ?? '', name: 'read', response: {} }] } });
    await server.next('tool-response');
    assert.ok(!client.messages.some(({ sessionResumptionUpdate }) => sessionResumptionUpdate?.resumable));
    client.send({ toolResponse: { functionResponses: [{ id: second?.id ?? '', name: 'read', response: {} }] } });
    assert.notEqual(await client.handle(), '');
  });

  it('that is answered twice ends the session', async () => {
    const client = await begin([readTwo, { on: 'tool-response' }]);
    const [first] = await calls(client);
    const answer = { toolResponse: { functionResponses: [{ id: first?.id ?? '', name: 'read', response: {} }] } };
    client.send(answer);
    client.send(answer);
    assert.equal((await client.closed).code, 1007);
    assert.equal(server.records[0]?.toolCalls.calls[0]?.answers.length, 2);
  });

  const resume = async (handle: string): Promise<WireClient> =>
    connectSession(server, { sessionResumption: { handle }, tools: [{ functionDeclarations: [{ name: 'read' }] }] });
  const answerTo = (id: string | undefined) => ({
    toolResponse: { functionResponses: [{ id: id ?? '', name: 'read', response: {} }] },
  });

  it('waits for its answer on the connection that is resumed with a later handle, once', async () => {
    const client = await begin([readTwo]);
    const [first] = await calls(client);
    server.connection.act({ handle: true });
    const handle = await client.handle();
    client.socket.close();
    await client.closed;
    const resumed = await resume(handle);
    resumed.send(answerTo(first?.id));
    await server.next('tool-response');
    assert.equal(server.records[1]?.toolCalls.open.length, 1);
    resumed.send(answerTo(first?.id));
    assert.equal((await resumed.closed).code, 1007);
  });

  it('is unknown to a session that is resumed with an earlier handle', async () => {
    const client = await begin([{ on: 'text', handle: true }, { ...readTwo }]);
    const handle = await client.handle();
    client.send({ realtimeInput: { text: 'And now?' } });
    const [first] = await calls(client);
    client.socket.close();
    await client.closed;
    const resumed = await resume(handle);
    resumed.send(answerTo(first?.id));
    assert.equal((await resumed.closed).code, 1007);
  });

  it('that was cancelled may still be answered', async () => {
    const client = await begin([
      readTwo,
      { on: 'speech-started', cancelToolCalls: true },
      { on: 'text', cancelToolCalls: true },
    ]);
    const asked = await calls(client);
    server.connection.act({ cancelToolCalls: true });
    const { toolCallCancellation } = await client.next(
      'cancellation',
      (message) => message.toolCallCancellation !== undefined,
    );
    assert.deepEqual(
      toolCallCancellation?.ids,
      asked.map(({ id }) => id),
    );
    client.send({ toolResponse: { functionResponses: [{ id: asked[0]?.id ?? '', name: 'read', response: {} }] } });
    await server.next('tool-response');
    assert.equal(server.records[0]?.open, true);
  });
});
