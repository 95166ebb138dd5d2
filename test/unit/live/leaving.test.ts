import assert from 'node:assert/strict';
import { Peer } from './peer.ts';
import { audio, handle, hears, Talk } from './talk.ts';

/** What keeps the process awake, but for what the test runner itself needs. */
const resources = () =>
  process
    .getActiveResourcesInfo()
    .filter((name) => /Timeout|TCP|TLS|Immediate/.test(name))
    .sort();

/** A closed handle is listed until the event loop has gone round; a leaked one for ever. */
async function settled(count: number): Promise<void> {
  for (let round = 0; round < 20 && resources().length > count; round += 1) await new Promise(setImmediate);
}

describe('a session that is over', () => {
  it('leaves no socket, no timer and no listener, whenever it is disposed of', async () => {
    const moments: readonly ((peer: Peer, talk: Talk) => Promise<void>)[] = [
      async (peer) => {
        await peer.connection();
      },
      async (peer, talk) => {
        const service = await peer.connection();
        await service.accept(handle('h1'), hears('Hello'), audio(4800), { goAway: { timeLeft: '60s' } });
        await talk.state('live');
        talk.session.sendMicrophone(new Uint8Array(640));
        talk.session.sendText('typed');
        await service.hears('clientContent');
      },
      async (peer, talk) => {
        const service = await peer.connection();
        await service.accept();
        await talk.state('live');
        service.close(1011, 'The service is currently unavailable.');
        await talk.state('reconnecting');
        talk.session.sendMicrophone(new Uint8Array(640));
      },
      async (peer, talk) => {
        await (await peer.connection()).accept();
        await talk.state('live');
        void talk.session.stop();
      },
    ];
    // The runner starts its own timer after the test has begun.
    await Promise.resolve();
    for (const [i, reach] of moments.entries()) {
      const before = resources();
      const peer = await Peer.listen();
      const talk = new Talk({ baseUrl: peer.baseUrl });
      talk.session.start();
      await reach(peer, talk);
      talk.session.dispose();
      await peer.deserted();
      await peer.close();
      await settled(before.length);
      assert.deepEqual(resources(), before, `moment ${i}`);
      assert.deepEqual(talk.session.eventNames(), []);
      assert.deepEqual(talk.session.state, { kind: 'ended', reason: { kind: 'stopped' } });
      talk.session.dispose();
    }
  });

  it('stays over when it is disposed of by someone who just heard of its loss', async () => {
    const peer = await Peer.listen();
    const talk = new Talk({ baseUrl: peer.baseUrl });
    const over = new Promise<void>((resolve) => {
      talk.session.on('state', ({ kind }) => {
        if (kind !== 'reconnecting') return;
        talk.session.dispose();
        resolve();
      });
    });
    talk.session.start();
    const service = await peer.connection();
    await service.accept();
    await talk.state('live');
    const before = resources().filter((name) => name === 'Timeout').length;
    service.cut();
    await over;
    await peer.deserted();
    await settled(before);
    assert.ok(resources().filter((name) => name === 'Timeout').length <= before, 'no attempt is waiting');
    assert.equal(peer.connections.length, 1);
    await peer.close();
  });

  it('takes what comes too late without a word', async () => {
    const peer = await Peer.listen();
    const talk = new Talk({ baseUrl: peer.baseUrl });
    talk.session.start();
    talk.session.start();
    await (await peer.connection()).accept();
    await talk.state('live');
    assert.equal(peer.connections.length, 1, 'started twice, connected once');
    await talk.session.stop();
    const before = resources();
    talk.session.sendMicrophone(new Uint8Array(640));
    talk.session.sendText('too late');
    talk.session.played(1, 100);
    talk.session.start();
    await talk.session.stop();
    assert.deepEqual(resources(), before);
    assert.deepEqual(talk.entries, []);
    await peer.close();
  });
});
