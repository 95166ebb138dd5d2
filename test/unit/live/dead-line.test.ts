import assert from 'node:assert/strict';
import type { LiveTimings } from '../../../src/live/timings.ts';
import { Peer, type PeerConnection } from './peer.ts';
import { handle, Talk } from './talk.ts';

describe('a line that is dead although nobody closed it', () => {
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

  const live = async (timings: Partial<LiveTimings>) => {
    talk = new Talk({ baseUrl: peer.baseUrl, session: { timings } });
    talk.session.start();
    service = await peer.connection();
    await service.accept(handle('h1'));
    await talk.state('live');
    // What the service says is told in order: when the usage has come, so has the handle before it.
    service.say({ usageMetadata: { totalTokenCount: 1 } });
    await talk.until(() => talk.all('usage').length > 0);
  };

  /** The failure that the person reads, and what the next connection asks to resume. */
  const lost = async () => {
    const { failure } = await talk.state('reconnecting');
    const setup = await (await peer.connection()).accept();
    await talk.state('live');
    return [failure?.code, setup['sessionResumption']];
  };

  it('is noticed while the person speaks, and the session is resumed', async () => {
    await live({ stuckMs: 200 });
    service.pause();
    const second = new Uint8Array(32_000).fill(1);
    while (talk.session.state.kind === 'live') {
      talk.session.sendMicrophone(second);
      await new Promise(setImmediate);
    }
    assert.deepEqual(await lost(), ['connection-lost', { handle: 'h1' }]);
    assert.ok(talk.log.some((line) => line.includes('the network took nothing in 200 ms')));
  });

  it('is noticed while nobody speaks, and the session is resumed', async () => {
    await live({ pingMs: 20, silentMs: 60 });
    service.pause();
    assert.deepEqual(await lost(), ['connection-lost', { handle: 'h1' }]);
    assert.ok(talk.log.some((line) => line.includes('not even the answer to a ping')));
  });

  it('is not one on which nobody says anything for long, as long as pings are answered', async () => {
    await live({ pingMs: 20, silentMs: 100 });
    await service.pinged(15);
    assert.equal(talk.session.state.kind, 'live');
    assert.equal(peer.connections.length, 1);
  });
});
