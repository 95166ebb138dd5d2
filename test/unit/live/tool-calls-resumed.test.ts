import assert from 'node:assert/strict';
import { call, Calling, cancel } from './calling.ts';
import type { Json } from './peer.ts';
import { GENERATED, handle, says, TURN_DONE } from './talk.ts';

describe('a call of a tool, when the connection is lost,', () => {
  let calling: Calling;

  const begin = async () => void (calling = await Calling.begin());

  afterEach(() => calling.end());

  it('goes on through a loss and is answered on the connection of a handle that came after it', async () => {
    await begin();
    await calling.say(call('c1'), handle('h1'));
    calling.service.cut();
    await calling.talk.state('reconnecting');
    assert.equal(calling.theCall.signal.aborted, false);
    calling.theCall.answer({ response: { found: 'meanwhile' } });
    assert.deepEqual((await calling.connected())['sessionResumption'], { handle: 'h1' });
    assert.deepEqual(
      (await calling.answers()).map(({ response }) => response),
      [{ found: 'meanwhile' }],
    );
  });

  it('is answered anew when the answer came after the handle, and no more once a later handle has it', async () => {
    await begin();
    await calling.say(call('c1'), handle('h1'));
    calling.theCall.answer({ response: { found: 1 } });
    assert.equal((await calling.answers()).length, 1);
    calling.service.cut();
    await calling.connected();
    assert.equal((await calling.answers()).length, 1, 'the session of the handle still waits for it');
    await calling.say(handle('h2'));
    calling.service.cut();
    await calling.connected();
    assert.deepEqual(await calling.answers(), []);
  });

  it('is answered again by who resumes with a handle that crossed the answer', async () => {
    await begin();
    await calling.say(call('c1'));
    calling.service.pause();
    calling.theCall.answer({ response: { found: 'a pin' } });
    // Given out before the answer was read.
    await calling.say(handle('h1'));
    calling.service.cut();
    assert.deepEqual((await calling.connected())['sessionResumption'], { handle: 'h1' });
    assert.deepEqual(
      (await calling.answers()).map(({ response }) => response),
      [{ found: 'a pin' }],
    );
  });

  it('that was cancelled after a handle is answered by who resumes with it, and again where the next handle crosses that', async () => {
    await begin();
    await calling.say(call('c1'), handle('h1'), cancel('c1'));
    calling.service.cut();
    calling.service = await calling.peer.connection();
    await calling.service.hears('setup');
    calling.service.pause();
    calling.service.say({ setupComplete: {} });
    await calling.talk.state('live');
    await calling.say(handle('h2'));
    calling.service.cut();
    assert.deepEqual((await calling.connected())['sessionResumption'], { handle: 'h2' });
    assert.deepEqual(
      (await calling.answers()).map(({ id, response }) => [id, response]),
      [['c1', { status: 'cancelled' }]],
    );
  });

  it('that is cancelled before a handle is none of those that resume with it', async () => {
    await begin();
    await calling.say(call('c1'));
    calling.service.pause();
    calling.theCall.answer({ response: { found: 'a pin' } });
    await calling.say(cancel('c1'), handle('h1'));
    calling.service.cut();
    await calling.connected();
    assert.deepEqual(await calling.answers(), []);
  });

  it('of which the answer was lost with its connection is told with the instructions of a fresh session', async () => {
    await begin();
    await calling.say(call('c1', 'look', { source: 'screen' }), call('c2', 'look', { source: 'camera' }));
    calling.service.pause();
    for (const one of calling.calls) one.answer({ response: { found: `on the ${String(one.args['source'])}` } });
    calling.service.cut();
    const instruction = JSON.stringify((await calling.connected())['systemInstruction']);
    assert.match(instruction, /called look with .*screen.*on the screen/);
    assert.match(instruction, /called look with .*camera.*on the camera/);
    assert.deepEqual(await calling.answers(), []);
  });

  it('that the model has had the answer of, and the turn to speak of it, is not told again', async () => {
    await begin();
    await calling.say(call('c1'));
    calling.theCall.answer({ response: { found: 'a pin' } });
    await calling.answers();
    await calling.say(says('A pin.'), GENERATED, TURN_DONE);
    calling.service.cut();
    assert.doesNotMatch(JSON.stringify(await calling.connected()), /called look/);
  });

  it('of which a turn ended before its answer was read is told, though the service had read what came before', async () => {
    await begin();
    await calling.say(call('c1', 'look', { source: 'screen' }));
    calling.service.pongs = 1;
    calling.theCall.answer({ response: { found: 'a pin' } });
    await calling.service.pinged(2);
    await calling.say(TURN_DONE);
    calling.service.cut();
    assert.match(JSON.stringify(await calling.connected()), /found.{1,6}a pin/);
  });

  it('is told in part where it found very much, and says so', async () => {
    await begin();
    await calling.say(call('c1'));
    calling.service.cut();
    await calling.talk.state('reconnecting');
    calling.theCall.answer({ response: { found: 'x'.repeat(12_000) } });
    const instruction = JSON.stringify((await calling.connected())['systemInstruction']);
    assert.match(instruction, /xxx \(cut here\)\. Do not answer/);
    assert.ok(instruction.length < 5_000);
  });

  const strangers: readonly (readonly [string, readonly Json[]])[] = [
    ['resumed with an earlier handle', [handle('h1'), call('c1', 'look', { source: 'screen' })]],
    ['begun afresh', [call('c1', 'look', { source: 'screen' })]],
  ];
  for (const [how, messages] of strangers) {
    it(`is never answered on a connection ${how}: what it found is told as a note`, async () => {
      await begin();
      await calling.say(...messages);
      calling.service.cut();
      await calling.connected();
      calling.theCall.answer({ response: { found: 'a screw' } });
      const { turns, turnComplete } = await calling.service.hears('clientContent');
      assert.equal(turnComplete, false);
      assert.match(JSON.stringify(turns), /\[Talkthrough note.*called look with .*screen.*a screw/);
      assert.deepEqual(await calling.answers(), []);
    });
  }

  it('that a refused handle knew is not known to the handle of the session after it', async () => {
    await begin();
    await calling.say(call('c1'), handle('h1'));
    calling.service.cut();
    const refused = await calling.peer.connection();
    await refused.hears('setup');
    refused.close(1007, 'Invalid session handle');
    assert.deepEqual((await calling.connected())['sessionResumption'], {});
    await calling.say(handle('h2'));
    calling.service.cut();
    assert.deepEqual((await calling.connected())['sessionResumption'], { handle: 'h2' });
    calling.theCall.answer({ response: { found: 'a screw' } });
    assert.match(JSON.stringify((await calling.service.hears('clientContent'))['turns']), /a screw/);
    assert.deepEqual(await calling.answers(), []);
  });

  it('of a session that was lost is not known to a handle of the next', async () => {
    await begin();
    await calling.say(call('c1'));
    calling.service.cut();
    await calling.connected();
    await calling.say(handle('h2'));
    calling.service.cut();
    assert.deepEqual((await calling.connected())['sessionResumption'], { handle: 'h2' });
    calling.theCall.answer({ response: { found: 'a screw' } });
    await calling.service.hears('clientContent');
    assert.deepEqual(await calling.answers(), []);
  });
});
