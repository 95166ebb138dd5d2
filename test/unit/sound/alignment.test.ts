import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import { speak } from '../../live-server/audio/speak.ts';
import { align, alignStretches, largestDifference, toFloat } from '../../sound/alignment.ts';

describe('finding a sound in a recording', () => {
  let speech: Float32Array;
  before(async () => {
    speech = toFloat((await speak('Which board goes on top?', { rateHz: 16_000 })).pcm16);
  });

  function recordingWith(pieces: Float32Array[], silenceBefore: number): Float32Array {
    const length = pieces.reduce((sum, piece) => sum + piece.length, silenceBefore + 8_000);
    const recording = new Float32Array(length);
    let at = silenceBefore;
    for (const piece of pieces) {
      recording.set(piece, at);
      at += piece.length;
    }
    return recording;
  }

  it('is right to the sample, at another loudness too', () => {
    const recording = recordingWith([speech.map((sample) => sample * 0.3)], 12_345);
    const found = align(speech, recording);
    assert.equal(found.offset, 12_345);
    assert.ok(found.correlation > 0.999_999);
  });

  it('shows 20 ms that were left out', () => {
    const cut = 8_000;
    const recording = recordingWith([speech.subarray(0, cut), speech.subarray(cut + 320)], 5_000);
    const { offset } = align(speech, recording);
    const offsets = alignStretches(speech, recording, offset, 1_600, 640).map((stretch) => stretch.offset);
    assert.ok(new Set(offsets).size > 1, `all stretches at ${String(offsets)}`);
  });

  it('shows a gap and a click', () => {
    const recording = recordingWith([speech], 5_000);
    assert.equal(largestDifference(speech, recording, 5_000), 0);
    recording[9_000] = (recording[9_000] ?? 0) + 0.2;
    assert.ok(largestDifference(speech, recording, 5_000) > 0.19);
  });
});
