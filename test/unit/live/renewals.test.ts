import assert from 'node:assert/strict';
import { failure } from '../../../src/live/failure.ts';
import { ReconnectPolicy } from '../../../src/live/connection/reconnect-policy.ts';
import { DEFAULT_TIMINGS } from '../../../src/live/timings.ts';
import { Peer, type Json, type PeerConnection } from './peer.ts';
import { audio, GENERATED, handle, says, Talk, TURN_DONE } from './talk.ts';

/** More than a session that fails is tried. */
const MANY = 10;
const GO_AWAY: Json = { goAway: { timeLeft: '50s' } };
const DEADLINE = 'Deadline expired before operation could complete.';

describe('a service whose connections are short', () => {
  let peer: Peer;
  let talk: Talk;

  beforeEach(async () => {
    peer = await Peer.listen();
    // Whatever is not done at once is not done while the test lasts.
    talk = new Talk({ baseUrl: peer.baseUrl, session: { timings: { backoffFirstMs: 60_000 } } });
    talk.session.start();
  });

  afterEach(async () => {
    talk.session.dispose();
    await peer.close();
  });

  /** @returns what the connection was to resume */
  const next = async (): Promise<[PeerConnection, unknown]> => {
    const service = await peer.connection();
    const setup = await service.accept();
    await talk.state('live');
    return [service, setup['sessionResumption']];
  };
  const reconnecting = () => talk.all('state').flatMap(({ state }) => (state.kind === 'reconnecting' ? [state] : []));

  const ENDS: readonly (readonly [string, (service: PeerConnection) => unknown])[] = [
    ['announces their end', (service) => service.say(GO_AWAY)],
    ['lets them come to their longest time', (service) => service.close(1011, DEADLINE)],
  ];
  for (const [how, end] of ENDS) {
    it(`is resumed at once each time, as long as it answers, where it ${how}`, async () => {
      let [service] = await next();
      for (let turn = 1; turn <= MANY; turn += 1) {
        service.say(says('Well.'), audio(480), GENERATED, TURN_DONE, handle(`h${turn}`));
        service.say({ usageMetadata: { totalTokenCount: 1 } });
        await talk.until(() => talk.all('usage').length === turn);
        end(service);
        const [renewed, resumption] = await next();
        assert.deepEqual(resumption, { handle: `h${turn}` });
        service = renewed;
      }
      assert.ok(reconnecting().every(({ attempt, retryAtMs }) => attempt === 1 && retryAtMs === undefined));
    });
  }

  it('has not failed when it hangs up in the middle of the reply that its end waited for', async () => {
    const [service] = await next();
    service.say(handle('h1'), says('Once upon'), audio(480), GO_AWAY, { usageMetadata: { totalTokenCount: 1 } });
    await talk.until(() => talk.all('usage').length === 1);
    service.close(1000);
    const { failure: why, retryAtMs } = await talk.state('reconnecting');
    assert.deepEqual([why, retryAtMs], [undefined, undefined]);
    assert.deepEqual((await next())[1], { handle: 'h1' });
  });

  it('is not resumed without a pause for ever where it says goodbye at once', async () => {
    const [service] = await next();
    service.say(handle('h1'), GO_AWAY);
    const [again] = await next();
    again.say(handle('h2'), GO_AWAY);
    await talk.until(() => reconnecting().some(({ retryAtMs }) => retryAtMs !== undefined));
    assert.equal(peer.connections.length, 2);
  });
});

describe('the end of a connection that has come to its longest time', () => {
  const lost = { failure: failure('connection-lifetime', { detail: '' }), usedHandle: 'h', useful: false };

  it('is none where nobody had anything to say', () => {
    const policy = new ReconnectPolicy(DEFAULT_TIMINGS, { random: () => 0 });
    policy.connectionOpened();
    for (let turn = 1; turn <= MANY; turn += 1) {
      const decision = policy.next({ ...lost, openMs: DEFAULT_TIMINGS.backoffFirstMs });
      assert.deepEqual(decision, { kind: 'retry', delayMs: 0, attempt: 1, dropHandle: false });
    }
  });

  it('is a failure where it never opened', () => {
    const policy = new ReconnectPolicy(DEFAULT_TIMINGS, { random: () => 0 });
    policy.connectionOpened();
    const kinds = Array.from({ length: MANY }, () => policy.next({ ...lost, openMs: undefined }).kind);
    assert.equal(kinds.at(-1), 'giveUp');
  });
});
