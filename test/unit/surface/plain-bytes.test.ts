import assert from 'node:assert/strict';
import { withPlainBytes } from '../../../src/surface/plain-bytes.ts';

describe('what is posted to a webview', () => {
  it('has its bytes as an array of bytes, not as what a Buffer calls itself in JSON', () => {
    const file = Buffer.from('a picture').subarray(2);
    const { type, bytes } = withPlainBytes({ type: 'prepareStill', bytes: file });
    assert.equal(type, 'prepareStill');
    assert.equal(Buffer.isBuffer(bytes), false);
    assert.deepEqual([...bytes], [...file]);
    assert.equal('toJSON' in bytes, false);
  });
});
