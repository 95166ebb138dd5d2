import assert from 'node:assert/strict';
import { failureOf } from '../../../webview/microphone/capture-failure.ts';

describe('A refusal of getUserMedia', () => {
  for (const [name, reason] of [
    ['NotAllowedError', 'denied'],
    ['SecurityError', 'denied'],
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
    ['TypeError', 'unsupported'],
    ['SomethingNewError', 'unsupported'],
  ] as const) {
    it(`by ${name} is "${reason}", with the browser's words kept for the log`, () => {
      assert.deepEqual(failureOf({ name, message: 'No.' }), { reason, detail: `${name}: No.` });
    });
  }

  it('that is no error at all is kept, too', () => {
    assert.deepEqual(failureOf('odd'), { reason: 'unsupported', detail: 'odd' });
    assert.deepEqual(failureOf({ name: 'AbortError', message: '' }), { reason: 'busy', detail: 'AbortError' });
  });
});
