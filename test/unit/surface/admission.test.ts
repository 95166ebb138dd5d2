import assert from 'node:assert/strict';
import { Admission } from '../../../src/surface/page/admission.ts';

describe('admission to the page server', () => {
  it('a token opens the door once; the secret it gives opens it again and again', () => {
    const admission = new Admission();
    const token = admission.mint();
    const secret = admission.admit({ token });
    assert.ok(secret);
    assert.equal(admission.admit({ token }), undefined, 'the token was used up');
    assert.equal(admission.admit({ secret }), secret);
    assert.equal(admission.admit({ secret }), secret);
  });

  it('has 256 bits in token and secret, and never the same twice', () => {
    const admission = new Admission();
    const tokens = Array.from({ length: 50 }, () => new Admission().mint());
    assert.equal(new Set(tokens).size, tokens.length);
    for (const token of tokens) assert.equal(Buffer.from(token, 'base64url').byteLength, 32);
    const secret = admission.admit({ token: admission.mint() }) ?? '';
    assert.equal(Buffer.from(secret, 'base64url').byteLength, 32);
  });

  it('a token that nobody came with in two minutes is worth nothing', () => {
    let nowMs = 0;
    const admission = new Admission(() => nowMs);
    const early = admission.mint();
    nowMs = 119_000;
    const late = admission.mint();
    nowMs = 121_000;
    assert.equal(admission.admit({ token: early }), undefined);
    assert.ok(admission.admit({ token: late }));
  });

  it('keeps no more than eight tokens open', () => {
    const admission = new Admission();
    const tokens = Array.from({ length: 9 }, () => admission.mint());
    assert.equal(admission.admit({ token: tokens[0] ?? '' }), undefined);
    assert.ok(admission.admit({ token: tokens[1] ?? '' }));
  });

  it('another session’s token and secret are strangers', () => {
    const mine = new Admission();
    const other = new Admission();
    assert.equal(mine.admit({ token: other.mint() }), undefined);
    assert.equal(mine.admit({ secret: other.admit({ token: other.mint() }) ?? '' }), undefined);
    for (const guess of ['', 'undefined', 'A'.repeat(43)]) {
      assert.equal(mine.admit({ token: guess }), undefined);
      assert.equal(mine.admit({ secret: guess }), undefined);
    }
  });
});
