import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { spokenDuration } from '../../../src/talk/duration.ts';

describe('spokenDuration', () => {
  const cases: [number, string][] = [
    [0, '0 seconds'],
    [1_000, '1 second'],
    [59_400, '59 seconds'],
    [59_600, '1 minute'],
    [190_000, '3 minutes'],
    [3_600_000, '1 hour'],
    [3_900_000, '1 hour 5 minutes'],
    [-5, '0 seconds'],
  ];
  for (const [durationMs, words] of cases) {
    it(`says ${durationMs} ms as "${words}"`, () => assert.equal(spokenDuration(durationMs), words));
  }
});
