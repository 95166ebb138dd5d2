import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { ToolRules } from '../../live-server/api/tool-audit.ts';
import { startLiveServer, type LiveServer } from '../../live-server/index.ts';
import { connectSession, type WireClient } from './wire-client.ts';

const RULES: ToolRules = { mustBeTold: () => true, isLate: ({ late }) => late === true };
/** For a wait that is to be in vain. */
const SHORT_MS = 1;
const TOOLS = [{ functionDeclarations: [{ name: 'read' }] }];

describe('the audit of tool calls', () => {
  let server: LiveServer;
  let client: WireClient;

  afterEach(async () => server.close());

  const connect = async (setup: object = {}) =>
    connectSession(server, { sessionResumption: {}, tools: TOOLS, ...setup });
  const begin = async () => {
    server = await startLiveServer();
    client = await connect();
    server.connection.act({ toolCall: [{ name: 'read', args: { path: 'a.ts' }, id: 'c1' }] });
  };
  const answer = (over: object = {}) =>
    client.send({ toolResponse: { functionResponses: [{ id: 'c1', name: 'read', response: {}, ...over }] } });
  const audit = () => server.checkToolCalls(RULES);

  it('misses an answer until it has come', async () => {
    await begin();
    assert.match(audit().missing[0] ?? '', /no answer to "c1", read \{"path":"a.ts"\}/);
    await assert.rejects(server.toolCallsSettled(RULES, SHORT_MS), /no answer to "c1"/);
    answer();
    await server.toolCallsSettled(RULES);
    assert.deepEqual([audit().calls, audit().answered], [1, 1]);
  });

  const faults: Readonly<Record<string, [object[], RegExp]>> = {
    'an answer to a call that was never made': [[{ id: 'c2' }], /answer to "c2", a call that is not known/],
    'a second answer': [[{}, {}], /a second answer to "c1"/],
    'an answer in the name of another tool': [[{ name: 'write' }], /an answer of "write" to a call of "read"/],
    'an answer after the end': [[{ response: { late: true } }], /after the end of the session/],
  };
  for (const [what, [answers, complaint]] of Object.entries(faults)) {
    it(`complains of ${what}`, async () => {
      await begin();
      for (const over of answers) answer(over);
      if (answers.length === 1 && what.endsWith('end')) await server.next('tool-response');
      else assert.equal((await client.closed).code, 1007);
      assert.throws(audit, complaint);
    });
  }

  it('misses what a call found whose session is gone, until a later connection is told', async () => {
    await begin();
    client.socket.close();
    await client.closed;
    await server.next('closed');
    client = await connect();
    assert.match(audit().missing[0] ?? '', /"c1" found, \{"path":"a.ts"\}, was never told/);
    const told = (text: string) =>
      client.send({ clientContent: { turns: [{ role: 'user', parts: [{ text }] }], turnComplete: false } });
    told('You called read with {"path":"b.ts"}.');
    await server.next('context');
    assert.equal(audit().missing.length, 1, 'something else was told');
    told('You called read with {"path":"a.ts"}.');
    await server.toolCallsSettled(RULES);
    assert.deepEqual([audit().lost, audit().told], [1, 1]);
  });

  it('takes what stands in the instructions for told, and misses nothing that need not be told', async () => {
    await begin();
    client.socket.close();
    await client.closed;
    await server.next('closed');
    client = await connect({ systemInstruction: { parts: [{ text: 'It called read with {"path":"a.ts"}.' }] } });
    assert.equal(audit().told, 1);
    assert.deepEqual(server.checkToolCalls({ mustBeTold: () => false }).missing, []);
  });

  it('wants an answer of who resumes with a handle that knows the call, also where there was one already', async () => {
    await begin();
    server.connection.act({ handle: true });
    const handle = await client.handle();
    answer();
    await server.toolCallsSettled(RULES);
    client.socket.close();
    await client.closed;
    await server.next('closed');
    client = await connect({ sessionResumption: { handle } });
    assert.equal(audit().missing.length, 1);
    answer();
    await server.toolCallsSettled(RULES);
    assert.equal(audit().answeredAgain, 1);
  });
});
