// What an extension meets in the harness where a microphone is not to be had.
import assert from 'node:assert/strict';
import { listen, PLAN } from './harness/sound-check.ts';
import { openWindow } from './harness/vscode-window.ts';

describe('journey: harness, a microphone that is not to be had', () => {
  for (const [what, plan, expected] of [
    ['denied by the person', { microphone: { kind: 'denied' } }, 'NotAllowedError'],
    ['missing', { microphone: { kind: 'missing' } }, 'NotFoundError'],
    ['withheld by policy, as on the desktop', { mediaDenied: true }, 'NotAllowedError'],
  ] as const) {
    it(`shows an extension a microphone that is ${what}`, async () => {
      const window = await openWindow({ ...PLAN, journey: 'harness-refused', ...plan });
      try {
        assert.equal(await listen(window), expected);
      } finally {
        await window.close();
      }
    });
  }
});
