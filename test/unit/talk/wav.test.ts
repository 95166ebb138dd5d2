import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { wavFile } from '../../../src/talk/sound/wav.ts';

describe('wavFile', () => {
  it('writes the header other programs read: PCM, mono, 16 bit, the rate, the length', () => {
    const file = Buffer.from(wavFile([Uint8Array.of(1, 2, 3, 4), Uint8Array.of(5, 6)], 24_000));
    assert.equal(file.toString('latin1', 0, 4), 'RIFF');
    assert.equal(file.readUInt32LE(4), file.byteLength - 8);
    assert.equal(file.toString('latin1', 8, 16), 'WAVEfmt ');
    assert.equal(file.readUInt16LE(20), 1);
    assert.equal(file.readUInt16LE(22), 1);
    assert.equal(file.readUInt32LE(24), 24_000);
    assert.equal(file.readUInt32LE(28), 48_000);
    assert.equal(file.readUInt16LE(34), 16);
    assert.equal(file.readUInt32LE(40), 6);
    assert.deepEqual([...file.subarray(44)], [1, 2, 3, 4, 5, 6]);
  });
});
