import assert from 'node:assert/strict';
import { call, Calling, cancel } from './calling.ts';
import { jpeg, picture } from './jpeg.ts';
import type { Json } from './peer.ts';
import { GENERATED, says, TURN_DONE } from './talk.ts';

describe('a call of a tool', () => {
  let calling: Calling;

  const begin = async (model?: string) => void (calling = await Calling.begin(model));

  afterEach(() => calling.end());

  it('comes with what the model asked, and takes one answer', async () => {
    await begin();
    await calling.say(call('c1', 'look', { source: 'screen' }));
    const { name, args, signal } = calling.theCall;
    assert.deepEqual([name, args, signal.aborted], ['look', { source: 'screen' }, false]);
    calling.theCall.answer({ response: { status: 'ok' } });
    calling.theCall.answer({ response: { status: 'once more' } });
    assert.deepEqual(await calling.answers(), [
      { id: 'c1', name: 'look', response: { status: 'ok' }, scheduling: 'WHEN_IDLE' },
    ]);
  });

  it('is answered quietly where the model knows that, and its pictures go right before', async () => {
    await begin();
    await calling.say(call('c1'));
    const stills = [picture({ mark: 1 }), picture({ mark: 3 })];
    calling.theCall.answer({ response: {}, quiet: true, stills });
    assert.deepEqual(await calling.answers(), [{ id: 'c1', name: 'look', response: {}, scheduling: 'SILENT' }]);
    const data = (mark: number) => Buffer.from(jpeg({ mark })).toString('base64');
    assert.deepEqual(calling.service.heard.slice(1, 4), [
      { realtimeInput: { video: { data: data(1), mimeType: 'image/jpeg' } } },
      { realtimeInput: { video: { data: data(3), mimeType: 'image/jpeg' } } },
      { toolResponse: { functionResponses: [{ id: 'c1', name: 'look', response: {}, scheduling: 'SILENT' }] } },
    ]);
    assert.equal(calling.talk.all('pictureSent').length, 2);
  });

  it('speaks of no picture that may not be sent any more', async () => {
    await begin();
    await calling.say(call('c1'), call('c2'));
    const gone = picture({ mark: 2, isWanted: () => false });
    calling.calls[0]?.answer({
      response: { status: 'ok', picture: 'before this' },
      stills: [picture({ mark: 1 }), gone],
    });
    calling.calls[1]?.answer({ response: { status: 'ok' }, stills: [gone], withoutStills: { status: 'stopped' } });
    const [first, second] = await calling.answers();
    assert.equal((first?.['response'] as Json)['status'], 'error');
    assert.deepEqual(second?.['response'], { status: 'stopped' });
    assert.equal(calling.talk.all('pictureSent').length, 0);
  });

  it('is answered without a schedule on models that do not know it', async () => {
    await begin('gemini-3.8-live-extended-thinking');
    await calling.say(call('c1'));
    calling.theCall.answer({ response: {}, quiet: true });
    assert.deepEqual(await calling.answers(), [{ id: 'c1', name: 'look', response: {} }]);
  });

  it('that is cancelled is aborted, answered at once all the same, and never again', async () => {
    await begin();
    await calling.say(call('c1'), call('c2'), cancel('c1', 'unknown'));
    const [first, second] = calling.calls;
    assert.deepEqual([first?.signal.aborted, second?.signal.aborted], [true, false]);
    first?.answer({ response: { status: 'late' } });
    await calling.say(cancel('c1'));
    assert.deepEqual(await calling.answers(), [
      { id: 'c1', name: 'look', response: { status: 'cancelled' }, scheduling: 'SILENT' },
    ]);
  });

  it('is answered with an error when nobody takes it, or who takes it fails, or its result is no JSON', async () => {
    await begin();
    calling.talk.session.removeAllListeners('toolCall');
    await calling.say(call('c1'));
    calling.talk.session.on('toolCall', () => {
      throw new Error('a fault of the listener');
    });
    await calling.say(call('c2'));
    calling.talk.session.removeAllListeners('toolCall');
    const circular: Json = {};
    circular['self'] = circular;
    calling.talk.session.on('toolCall', (one) => one.answer({ response: circular }));
    await calling.say(call('c3'));
    const given = await calling.answers();
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
    await begin();
    await calling.say(call(''));
    assert.equal(calling.calls.length, 0);
    assert.deepEqual(await calling.answers(), []);
    assert.ok(calling.talk.log.some((line) => line.includes('without an id')));
  });

  it('that comes twice is one call, and one that comes again under another id is another', async () => {
    await begin();
    await calling.say(call('c1'), call('c1'), call('c2'));
    assert.deepEqual(
      calling.calls.map(({ id }) => id),
      ['c1', 'c2'],
    );
    for (const one of calling.calls) one.answer({ response: {} });
    await calling.say(call('c1'));
    assert.deepEqual(
      (await calling.answers()).map(({ id }) => id),
      ['c1', 'c2'],
    );
  });

  it('is aborted with the session', async () => {
    await begin();
    await calling.say(call('c1'));
    const stopped = calling.talk.session.stop();
    assert.equal(calling.theCall.signal.aborted, true, 'at once: what it does might be a change');
    calling.theCall.answer({ response: {} });
    await stopped;
    await calling.service.closed;
    assert.ok(!calling.service.heard.some((message) => 'toolResponse' in message));
  });

  it('one too many of very many open ones is refused, and answers make room', async () => {
    await begin();
    const ids = Array.from({ length: 65 }, (_, at) => `c${at}`);
    await calling.say(...ids.map((id) => call(id)), says('Well.'), GENERATED, TURN_DONE);
    assert.equal(calling.calls.length, 64);
    for (const one of calling.calls) one.answer({ response: {} });
    await calling.say(call('another'));
    assert.equal(calling.calls.length, 65);
    const given = await calling.answers();
    assert.equal(new Set(given.map(({ id }) => id)).size, 65);
    assert.equal(given.length, 65, 'each once');
  });
});
