import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { MAX_TYPED_LENGTH } from '../../../src/protocol/limits.ts';
import { readFromSurface } from '../../../src/protocol/from-surface.ts';

const chunk = { type: 'microphoneChunk', sequence: 0, pcm16: new Uint8Array(640), level: 0.5 };

describe('what a surface sends', () => {
  it('passes when it is as the protocol says', () => {
    assert.deepEqual(readFromSurface(chunk), { message: chunk });
    const typed = { type: 'intent', intent: { kind: 'type', text: 'hello' } };
    assert.deepEqual(readFromSurface(typed), { message: typed });
  });

  it('may carry its sound as an ArrayBuffer', () => {
    const read = readFromSurface({ ...chunk, pcm16: Int16Array.of(1, -1).buffer });
    assert.ok('message' in read && read.message.type === 'microphoneChunk');
    assert.deepEqual([...read.message.pcm16], [1, 0, 255, 255]);
  });

  it('loses fields nobody knows', () => {
    const read = readFromSurface({ type: 'speakerLocked', locked: true, apiKey: 'x' });
    assert.deepEqual(read, { message: { type: 'speakerLocked', locked: true } });
  });

  const refused: [string, unknown][] = [
    ['nothing', undefined],
    ['text', 'start'],
    ['an unknown type', { type: 'eval' }],
    ['half a sample', { ...chunk, pcm16: new Uint8Array(641) }],
    ['too much sound at once', { ...chunk, pcm16: new Uint8Array(64_000) }],
    ['sound as JSON', { ...chunk, pcm16: [0, 0] }],
    ['a level that is no number', { ...chunk, level: Number.NaN }],
    ['a sequence below zero', { ...chunk, sequence: -1 }],
    [
      'a longer text than fits a turn',
      { type: 'intent', intent: { kind: 'type', text: 'x'.repeat(MAX_TYPED_LENGTH + 1) } },
    ],
    ['an unknown button', { type: 'intent', intent: { kind: 'problemAction', action: 'format disk' } }],
    [
      'a device label without end',
      { type: 'microphoneState', state: { kind: 'failed', reason: 'busy', detail: 'x'.repeat(9_999) } },
    ],
  ];
  for (const [what, raw] of refused) {
    it(`is refused: ${what}`, () => assert.ok('complaint' in readFromSurface(raw)));
  }

  it('is never quoted in the complaint', () => {
    const read = readFromSurface({ type: 'intent', intent: { kind: 'type', text: 'my secret'.repeat(9_999) } });
    assert.ok('complaint' in read);
    assert.doesNotMatch(read.complaint, /secret/);
  });
});
