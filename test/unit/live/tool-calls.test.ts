import assert from 'node:assert/strict';
import type { ToolCall } from '../../../src/live/tool-call.ts';
import { jpeg, picture } from './jpeg.ts';
import { Peer, type Json, type PeerConnection } from './peer.ts';
import { GENERATED, handle, says, Talk, TURN_DONE } from './talk.ts';
import { LOOK, REST } from './tools.ts';

const call = (id: string, name = 'look', args: Json = {}): Json => ({
  toolCall: { functionCalls: [{ ...(id === '' ? {} : { id }), name, args }] },
});
const cancel = (...ids: string[]): Json => ({ toolCallCancellation: { ids } });

describe('a call of a tool', () => {
  let peer: Peer;
  let talk: Talk;
  let service: PeerConnection;

  beforeEach(async () => {
    peer = await Peer.listen();
  });

  afterEach(async () => {
    talk.session.dispose();
    await peer.close();
  });

  const connected = async (): Promise<Json> => {
    service = await peer.connection();
    const setup = await service.accept();
    await talk.state('live');
    return setup;
  };
  const live = async (model = 'gemini-3.8-live') => {
    const timings = { backoffFirstMs: 1, backoffLongestMs: 2, noteDelayMs: 1 };
    talk = new Talk({ baseUrl: peer.baseUrl, settings: { model, tools: [LOOK, REST] }, session: { timings } });
    talk.session.start();
    await connected();
  };
  /** Says it and waits until it was understood. */
  const say = async (...messages: Json[]) => {
    const seen = talk.all('usage').length;
    service.say(...messages, { usageMetadata: { totalTokenCount: 1 } });
    await talk.until(() => talk.all('usage').length > seen);
  };
  const calls = (): ToolCall[] => talk.all('toolCall').map((told) => told.call);
  const theCall = (at = 0): ToolCall => {
    const found = calls()[at];
    assert.ok(found !== undefined, 'the session told of the call');
    return found;
  };
  /** All answers so far; the words have to come for it, and everything before them with them. */
  const answers = async (): Promise<Json[]> => {
    talk.session.sendText('marker');
    await service.hears('clientContent');
    return service.heard.flatMap((message) => {
      const { functionResponses } = (message['toolResponse'] ?? {}) as { functionResponses?: Json[] }; // what the SDK sends
      return functionResponses ?? [];
    });
  };

  it('comes with what the model asked, and takes one answer', async () => {
    await live();
    await say(call('c1', 'look', { source: 'screen' }));
    const { name, args, signal } = theCall();
    assert.deepEqual([name, args, signal.aborted], ['look', { source: 'screen' }, false]);
    theCall().answer({ response: { status: 'ok' } });
    theCall().answer({ response: { status: 'once more' } });
    assert.deepEqual(await answers(), [
      { id: 'c1', name: 'look', response: { status: 'ok' }, scheduling: 'WHEN_IDLE' },
    ]);
  });

  it('is answered quietly where the model knows that, and its pictures go right before', async () => {
    await live();
    await say(call('c1'));
    const stills = [picture({ mark: 1 }), picture({ mark: 3 })];
    theCall().answer({ response: {}, quiet: true, stills });
    assert.deepEqual(await answers(), [{ id: 'c1', name: 'look', response: {}, scheduling: 'SILENT' }]);
    const data = (mark: number) => Buffer.from(jpeg({ mark })).toString('base64');
    assert.deepEqual(service.heard.slice(1, 4), [
      { realtimeInput: { video: { data: data(1), mimeType: 'image/jpeg' } } },
      { realtimeInput: { video: { data: data(3), mimeType: 'image/jpeg' } } },
      { toolResponse: { functionResponses: [{ id: 'c1', name: 'look', response: {}, scheduling: 'SILENT' }] } },
    ]);
    assert.equal(talk.all('pictureSent').length, 2);
  });

  it('speaks of no picture that may not be sent any more', async () => {
    await live();
    await say(call('c1'), call('c2'));
    const gone = picture({ mark: 2, isWanted: () => false });
    calls()[0]?.answer({ response: { status: 'ok', picture: 'before this' }, stills: [picture({ mark: 1 }), gone] });
    calls()[1]?.answer({ response: { status: 'ok' }, stills: [gone], withoutStills: { status: 'stopped' } });
    const [first, second] = await answers();
    assert.equal((first?.['response'] as Json)['status'], 'error');
    assert.deepEqual(second?.['response'], { status: 'stopped' });
    assert.equal(talk.all('pictureSent').length, 0);
  });

  it('is answered without a schedule on models that do not know it', async () => {
    await live('gemini-3.8-live-extended-thinking');
    await say(call('c1'));
    theCall().answer({ response: {}, quiet: true });
    assert.deepEqual(await answers(), [{ id: 'c1', name: 'look', response: {} }]);
  });

  it('that is cancelled is aborted, answered at once all the same, and never again', async () => {
    await live();
    await say(call('c1'), call('c2'), cancel('c1', 'unknown'));
    const [first, second] = calls();
    assert.deepEqual([first?.signal.aborted, second?.signal.aborted], [true, false]);
    first?.answer({ response: { status: 'late' } });
    await say(cancel('c1'));
    assert.deepEqual(await answers(), [
      { id: 'c1', name: 'look', response: { status: 'cancelled' }, scheduling: 'SILENT' },
    ]);
  });

  it('is answered with an error when nobody takes it, or who takes it fails, or its result is no JSON', async () => {
    await live();
    talk.session.removeAllListeners('toolCall');
    await say(call('c1'));
    talk.session.on('toolCall', () => {
      throw new Error('a fault of the listener');
    });
    await say(call('c2'));
    talk.session.removeAllListeners('toolCall');
    const circular: Json = {};
    circular['self'] = circular;
    talk.session.on('toolCall', (one) => one.answer({ response: circular }));
    await say(call('c3'));
    const given = await answers();
    assert.deepEqual(
      given.map(({ id, response }) => [id, Object.keys(response as object)]),
      [
        ['c1', ['error']],
        ['c2', ['error']],
        ['c3', ['error']],
      ],
    );
  });

  it('without an id cannot be answered, and is not made', async () => {
    await live();
    await say(call(''));
    assert.equal(calls().length, 0);
    assert.deepEqual(await answers(), []);
    assert.ok(talk.log.some((line) => line.includes('without an id')));
  });

  it('that comes twice is one call, and one that comes again under another id is another', async () => {
    await live();
    await say(call('c1'), call('c1'), call('c2'));
    assert.deepEqual(
      calls().map(({ id }) => id),
      ['c1', 'c2'],
    );
    for (const one of calls()) one.answer({ response: {} });
    await say(call('c1'));
    assert.deepEqual(
      (await answers()).map(({ id }) => id),
      ['c1', 'c2'],
    );
  });

  it('goes on through a loss and is answered on the connection of a handle that came after it', async () => {
    await live();
    await say(call('c1'), handle('h1'));
    service.cut();
    await talk.state('reconnecting');
    assert.equal(theCall().signal.aborted, false);
    theCall().answer({ response: { found: 'meanwhile' } });
    assert.deepEqual((await connected())['sessionResumption'], { handle: 'h1' });
    assert.deepEqual(
      (await answers()).map(({ response }) => response),
      [{ found: 'meanwhile' }],
    );
  });

  it('is answered anew when the answer came after the handle, and no more once a later handle has it', async () => {
    await live();
    await say(call('c1'), handle('h1'));
    theCall().answer({ response: { found: 1 } });
    assert.equal((await answers()).length, 1);
    service.cut();
    await connected();
    assert.equal((await answers()).length, 1, 'the session of the handle still waits for it');
    await say(handle('h2'));
    service.cut();
    await connected();
    assert.deepEqual(await answers(), []);
  });

  const strangers: readonly (readonly [string, readonly Json[]])[] = [
    ['resumed with an earlier handle', [handle('h1'), call('c1', 'look', { source: 'screen' })]],
    ['begun afresh', [call('c1', 'look', { source: 'screen' })]],
  ];
  for (const [how, messages] of strangers) {
    it(`is never answered on a connection ${how}: what it found is told as a note`, async () => {
      await live();
      await say(...messages);
      service.cut();
      await connected();
      theCall().answer({ response: { found: 'a screw' } });
      const { turns, turnComplete } = await service.hears('clientContent');
      assert.equal(turnComplete, false);
      assert.match(JSON.stringify(turns), /\[Talkthrough note.*called look with .*screen.*a screw/);
      assert.deepEqual(await answers(), []);
    });
  }

  it('that a refused handle knew is not known to the handle of the session after it', async () => {
    await live();
    await say(call('c1'), handle('h1'));
    service.cut();
    const refused = await peer.connection();
    await refused.hears('setup');
    refused.close(1007, 'Invalid session handle');
    assert.deepEqual((await connected())['sessionResumption'], {});
    await say(handle('h2'));
    service.cut();
    assert.deepEqual((await connected())['sessionResumption'], { handle: 'h2' });
    theCall().answer({ response: { found: 'a screw' } });
    assert.match(JSON.stringify((await service.hears('clientContent'))['turns']), /a screw/);
    assert.deepEqual(await answers(), []);
  });

  it('of a session that was lost is not known to a handle of the next', async () => {
    await live();
    await say(call('c1'));
    service.cut();
    await connected();
    await say(handle('h2'));
    service.cut();
    assert.deepEqual((await connected())['sessionResumption'], { handle: 'h2' });
    theCall().answer({ response: { found: 'a screw' } });
    await service.hears('clientContent');
    assert.deepEqual(await answers(), []);
  });

  it('is aborted with the session', async () => {
    await live();
    await say(call('c1'));
    await talk.session.stop();
    assert.equal(theCall().signal.aborted, true);
    theCall().answer({ response: {} });
    await service.closed;
    assert.ok(!service.heard.some((message) => 'toolResponse' in message));
  });

  it('one too many of very many open ones is refused, and answers make room', async () => {
    await live();
    const ids = Array.from({ length: 65 }, (_, at) => `c${at}`);
    await say(...ids.map((id) => call(id)), says('Well.'), GENERATED, TURN_DONE);
    assert.equal(calls().length, 64);
    for (const one of calls()) one.answer({ response: {} });
    await say(call('another'));
    assert.equal(calls().length, 65);
    const given = await answers();
    assert.equal(new Set(given.map(({ id }) => id)).size, 65);
    assert.equal(given.length, 65, 'each once');
  });
});
