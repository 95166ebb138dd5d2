import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { sessionProblem } from '../../../src/problems/session-problems.ts';

describe('a failure', () => {
  const CODES = ['token-refused', 'region-refused', 'credentials', 'model-unknown'] as const;

  it('speaks of Google where Google was asked, and of the gateway where one was', () => {
    for (const code of CODES) {
      assert.match(sessionProblem({ code, detail: '', host: 'Google' }).sentence, /^Google /);
      const { sentence } = sessionProblem({ code, detail: '', host: 'gateway.example' });
      assert.match(sentence, /^gateway\.example /);
      assert.doesNotMatch(sentence, /Google/);
    }
  });

  it('speaks of Google where a key was refused, also behind a gateway: the key is Google’s', () => {
    const { sentence } = sessionProblem({ code: 'key-refused', detail: '', host: 'gateway.example' });
    assert.equal(sentence, 'Google does not accept this API key.');
  });

  it('of quota leads to the quota page of the Gemini API, which Vertex AI has not', () => {
    const actions = (service: 'gemini' | 'vertex') =>
      sessionProblem({ code: 'quota', detail: '', service }).buttons.map(({ action }) => action);
    assert.deepEqual(actions('gemini'), ['openQuota', 'start']);
    assert.deepEqual(actions('vertex'), ['start']);
  });
});
