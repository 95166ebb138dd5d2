import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ToSurface } from '../../../src/protocol/messages.ts';
import { Playback } from '../../../src/talk/sound/playback.ts';

/** Sound whose every sample is its own index, so that what is handed over shows where it came from. */
function ramp(from: number, samples: number): Uint8Array {
  return new Uint8Array(Int16Array.from({ length: samples }, (_, index) => from + index).buffer);
}

function samplesOf(messages: readonly ToSurface[]): number[] {
  return messages.flatMap((message) =>
    message.type === 'audio' ? [...new Int16Array(message.pcm16.slice().buffer)] : [],
  );
}

function setUp() {
  const posted: ToSurface[] = [];
  return { posted, playback: new Playback({ postToMedia: (message) => posted.push(message) }) };
}

describe('Playback', () => {
  it('is speaking until the last sample of an ended reply was heard', () => {
    const { playback } = setUp();
    assert.equal(playback.speaking, false);
    playback.audio(1, ramp(0, 100));
    assert.equal(playback.speaking, true);
    playback.played(1, 100);
    assert.equal(playback.speaking, true, 'more may come');
    playback.end(1);
    assert.equal(playback.speaking, false);
  });

  it('goes on in a new surface exactly where the old one was closed', () => {
    const { playback, posted } = setUp();
    for (let at = 0; at < 500; at += 50) playback.audio(3, ramp(at, 50));
    playback.end(3);
    assert.equal(playback.played(3, 130), 130);
    posted.length = 0;
    playback.resumeOnNewSurface();
    assert.deepEqual(
      samplesOf(posted),
      Array.from({ length: 370 }, (_, index) => 130 + index),
    );
    assert.deepEqual(posted.at(-1), { type: 'audioEnd', reply: 3 });
    assert.equal(playback.played(3, 20), 150, 'the new surface counts from 0');
    assert.equal(playback.played(3, 370), 500);
    assert.equal(playback.speaking, false);
  });

  it('never hands over what was interrupted', () => {
    const { playback, posted } = setUp();
    playback.audio(1, ramp(0, 100));
    playback.flush(1);
    posted.length = 0;
    playback.resumeOnNewSurface();
    assert.deepEqual(posted, []);
    assert.equal(playback.speaking, false);
  });

  it('counts what is heard of a reply also after the next one has begun', () => {
    const { playback } = setUp();
    playback.audio(1, ramp(0, 100));
    playback.end(1);
    playback.audio(2, ramp(0, 100));
    assert.equal(playback.played(1, 80), 80);
    assert.equal(playback.played(2, 10), 10);
    assert.equal(playback.played(7, 10), undefined);
  });

  it('does not believe a surface that claims to have played more than it was given', () => {
    const { playback } = setUp();
    playback.audio(1, ramp(0, 100));
    assert.equal(playback.played(1, 5_000), 100);
  });

  it('keeps the newest reply for saving, also one that was read and not played', () => {
    const { playback, posted } = setUp();
    playback.silent = true;
    playback.audio(1, ramp(0, 10));
    playback.audio(1, ramp(10, 10));
    assert.deepEqual(posted, []);
    assert.equal(playback.speaking, false);
    assert.equal(Buffer.concat(playback.lastReply).byteLength, 40);
  });
});
