import assert from 'node:assert/strict';
import type { LivePicture } from '../../../src/live/uplink/picture-queue.ts';
import { type LiveServer, LOCAL_API_KEY, startLiveServer } from '../../live-server/index.ts';
import { markOf, picture } from './jpeg.ts';
import { Talk } from './talk.ts';

const CHUNK_MS = 20;
const STALL_MS = 5_000;
/** A second of frames, as a screen that always changes gives them. */
const FRAME_EVERY_CHUNKS = 50;
const FRAME_BYTES = 90_000;
/** Of a frame's 90 kB, more than any system's socket buffers hold. */
const FILLING_FRAMES = 500;

/** 20 ms of sound, each told from the others by its samples. */
const chunkOf = (index: number) => new Uint8Array(new Int16Array(320).fill(index).buffer);

describe('a line that is held back for five seconds while a screen is shared', () => {
  let server: LiveServer;
  let talk: Talk;

  afterEach(async () => {
    talk.session.dispose();
    await server.close();
  });

  it('loses no sound, delays none beyond the stall, and goes on with a fresh frame', async () => {
    server = await startLiveServer();
    talk = new Talk({
      baseUrl: server.baseUrl,
      credentials: { kind: 'gemini', apiKey: LOCAL_API_KEY },
      session: { timings: { microphonePauseMs: 60_000 } },
    });
    talk.session.start();
    await talk.state('live');
    const { connection } = server;
    const { record } = connection;

    // Sound first, so that the server's ear is there; then frames until the operating systems on both sides are full.
    let pushed = 0;
    const speak = () => talk.session.sendMicrophone(chunkOf(pushed++));
    speak();
    await server.next('audio');
    connection.act({ stall: 'reading' });
    const frames: LivePicture[] = [];
    const show = () => {
      frames.push(picture({ bytes: FRAME_BYTES, mark: frames.length % 251 }));
      talk.session.sendPicture('screen', frames.at(-1) ?? picture());
    };
    const isStuck = async () => {
      const before = talk.all('pictureSent').length;
      show();
      for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
      return talk.all('pictureSent').length === before;
    };
    while (!(await isStuck())) assert.ok(frames.length < FILLING_FRAMES, 'the stall reaches the queue');
    const handedOver = talk.all('pictureSent').length;

    // A person goes on speaking, and the screen goes on changing. This is the one test that lasts as long as what it is about.
    const stalledAtMs = performance.now();
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        for (const due = (performance.now() - stalledAtMs) / CHUNK_MS; pushed - 1 < due;) {
          speak();
          if (pushed % FRAME_EVERY_CHUNKS === 0) show();
        }
        if (performance.now() - stalledAtMs < STALL_MS) return;
        clearInterval(timer);
        resolve();
      }, CHUNK_MS);
    });
    assert.equal(talk.all('pictureSent').length, handedOver, 'no frame is put before the sound that waits');
    assert.equal(record.audioChunks.length, 1, 'nothing came through');

    const resumedAtMs = performance.now();
    connection.act({ resume: true });
    show();
    const last = frames.length;
    await talk.until(() => talk.all('pictureSent').length === handedOver + 1);
    await server.ever('audio', ({ totalSamples }) => totalSamples === pushed * 320, 'all the sound');
    const fresh = talk.all('pictureSent').at(-1)?.picture;
    await server.ever('picture', (event) => fresh !== undefined && event.picture.bytes.equals(fresh.bytes));

    assert.deepEqual(
      record.pcm16.filter((_, at) => at % 320 === 0),
      Int16Array.from({ length: pushed }, (_, index) => index),
      'every chunk, in order',
    );
    assert.equal(fresh, frames[last - 1], 'the newest');
    // The order of arrival: what was handed over before, all the sound, and only then a frame.
    const kinds = record.messages.slice(2).map(({ json }) => (JSON.stringify(json).includes('"audio"') ? 'a' : 'p'));
    assert.match(kinds.join(''), /^p*a+p$/);
    assert.equal(record.pictureCount, handedOver + 1);
    assert.equal(markOf(record.pictures.at(-1)?.bytes ?? new Uint8Array()), (last - 1) % 251);
    // Seconds are ample for so little sound; what arrives later than that was held by us.
    const latestMs = Math.max(...record.audioChunks.map(({ atMs }) => atMs)) - resumedAtMs;
    assert.ok(latestMs < 3_000, `the last sound came ${Math.round(latestMs)} ms after the stall`);
    assert.deepEqual(
      talk.log.filter((line) => line.includes('dropped')),
      [],
    );
  }).timeout(20_000);
});
