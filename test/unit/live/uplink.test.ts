import assert from 'node:assert/strict';
import { HIGH_WATER_BYTES, MAX_QUEUED_AUDIO_BYTES, Uplink } from '../../../src/live/uplink/uplink.ts';
import { Network } from './network.ts';
import { Peer } from './peer.ts';
import { Talk } from './talk.ts';

const CHUNK_BYTES = 640;

const warnings: string[] = [];
const log = {
  debug: () => undefined,
  info: () => undefined,
  warn: (line: string) => void warnings.push(line),
  error: () => undefined,
};
const chunk = (value: number) => new Uint8Array(CHUNK_BYTES).fill(value);

describe('the uplink', () => {
  let uplink: Uplink;
  let network: Network;

  beforeEach(() => {
    warnings.length = 0;
    uplink = new Uplink({ log, microphonePauseMs: 1000 });
    network = new Network();
  });

  afterEach(() => uplink.dispose());

  it('sends speech in order and at once while the network takes it', () => {
    uplink.attach(network);
    for (let i = 0; i < 20; i += 1) uplink.pushAudio(chunk(i));
    assert.deepEqual(
      network.audio,
      Array.from({ length: 20 }, (_, i) => i),
    );
  });

  it('lets typed text overtake speech that the network does not take', () => {
    uplink.attach(network);
    network.bufferedBytes = HIGH_WATER_BYTES;
    uplink.pushAudio(chunk(1));
    uplink.pushControl({ type: 'text', text: 'Stop', path: 'clientContent', notes: [] });
    assert.deepEqual(network.sent, ['text']);
    network.bufferedBytes = 0;
    uplink.pump();
    assert.deepEqual(network.sent, ['text', 'audio']);
  });

  it('keeps eight seconds, drops the oldest beyond, and says so once', () => {
    const chunks = MAX_QUEUED_AUDIO_BYTES / CHUNK_BYTES;
    for (let i = 0; i < chunks; i += 1) uplink.pushAudio(chunk(i % 256));
    assert.equal(uplink.droppedBytes, 0, 'nothing is dropped below the bound');
    for (let i = 0; i < 30; i += 1) uplink.pushAudio(chunk(200));
    assert.equal(uplink.droppedBytes, 30 * CHUNK_BYTES);
    assert.equal(uplink.queuedAudioBytes, MAX_QUEUED_AUDIO_BYTES);
    assert.equal(warnings.length, 1);
    uplink.attach(network);
    assert.equal(network.audio[0], 30, 'the oldest went');
  });

  it('keeps what was said, but no answer to a tool, when the connection changes', () => {
    uplink.pushAudio(chunk(1));
    uplink.pushControl({ type: 'toolAnswer', id: 'c1', name: 'look', response: {}, stills: [], withoutStills: {} });
    uplink.detach();
    uplink.attach(network);
    assert.deepEqual(network.sent, ['audio']);
  });
});

describe('the microphone', () => {
  let peer: Peer;
  let talk: Talk;

  beforeEach(async () => {
    peer = await Peer.listen();
    talk = new Talk({ baseUrl: peer.baseUrl, session: { timings: { microphonePauseMs: 30 } } });
    talk.session.start();
  });

  afterEach(async () => {
    talk.session.dispose();
    await peer.close();
  });

  it('pausing is told to the service once for each pause, after the last chunk', async () => {
    const service = await peer.connection();
    await service.accept();
    for (let pause = 0; pause < 2; pause += 1) {
      for (let i = 0; i < 3; i += 1) talk.session.sendMicrophone(chunk(i));
      for (let i = 0; i < 3; i += 1) assert.ok('audio' in (await service.hears('realtimeInput')));
      assert.deepEqual(await service.hears('realtimeInput'), { audioStreamEnd: true });
    }
    talk.session.sendText('marker');
    await service.hears('clientContent');
    assert.equal(service.heard.filter((message) => JSON.stringify(message).includes('audioStreamEnd')).length, 2);
  });

  it('ending with the session is told as well', async () => {
    const service = await peer.connection();
    await service.accept();
    await talk.state('live');
    talk.session.sendMicrophone(chunk(1));
    await talk.session.stop();
    await service.closed;
    assert.deepEqual(service.heard.at(-1), { realtimeInput: { audioStreamEnd: true } });
  });

  it('reaches the service whole and in order through a network that stalls', async () => {
    const service = await peer.connection();
    await service.accept();
    await talk.state('live');
    service.pause();
    // More than the operating system buffers on both sides, so that the stall reaches the queue.
    const big = Array.from({ length: 4000 }, (_, i) => new Uint8Array(3200).fill(i % 251));
    let pushed = 0;
    for (const pcm16 of big) {
      talk.session.sendMicrophone(pcm16);
      pushed += 1;
      if (pushed % 40 === 0) await new Promise(setImmediate);
      if (pushed * 3200 > 1_000_000) break;
    }
    talk.session.sendText('in the middle of it');
    service.resume();
    await service.hears('clientContent');
    const audio = () =>
      service.heard.filter((message) => 'realtimeInput' in message && 'audio' in (message['realtimeInput'] as object));
    while (audio().length < pushed) assert.ok('audio' in (await service.hears('realtimeInput')));
    const values = audio().map((message) => {
      const { data } = (message['realtimeInput'] as { audio: { data: string } }).audio; // what the SDK sends
      return Buffer.from(data, 'base64')[0];
    });
    assert.deepEqual(
      values,
      big.slice(0, pushed).map((pcm16) => pcm16[0]),
    );
  });
});
