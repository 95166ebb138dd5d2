// The picker is closed without a choice, and the camera is denied: it is said, and nothing is shared.
import assert from 'node:assert/strict';
import { eventually } from './product/eventually.ts';
import { openSights, watchCaptures } from './product/open-captures.ts';
import { card, pictureCount, untilGone } from './product/sights.ts';
import { Talkthrough } from './product/talkthrough.ts';

describe('journey: picture, refused', () => {
  let talk: Talkthrough;
  before(async () => {
    talk = await Talkthrough.open({
      journey: 'picture-refused',
      microphone: { kind: 'denied' },
      camera: { kind: 'denied' },
      screen: { kind: 'cancelled' },
      server: { script: { connections: [{ steps: [{ on: 'text', reply: { say: 'I can read you.' } }] }] } },
    });
    await watchCaptures(talk.window.browser.context);
    await talk.startWithKey();
    await talk.problem('microphone-denied');
  });
  after(() => talk.close());

  it('the picker is closed: nothing is shared, and it can be tried again or left', async () => {
    await talk.view.getByRole('button', { name: 'Share Screen…' }).click();
    const shown = card(talk.view, 'screen');
    await shown.getByText('Nothing was chosen.').waitFor();
    assert.equal(await talk.view.locator('.problem[data-code^="screen"]').count(), 0, 'no error: it was a choice');
    await talk.screenshot('picker-cancelled');
    await shown.getByRole('button', { name: 'Try Again' }).click();
    await shown.getByText('Nothing was chosen.').waitFor();
    await shown.getByRole('button', { name: 'Dismiss' }).click();
    await untilGone(talk.view, 'screen');
  });

  it('the camera is denied: it is said where to allow it', async () => {
    await talk.view.getByRole('button', { name: 'Share Camera…' }).click();
    assert.match(await talk.problem('camera-denied'), /does not let Talkthrough use the camera\. Allow it/);
    await talk.problemCard('camera-denied').getByRole('button', { name: 'Try Again' }).waitFor();
    await talk.screenshot('camera-denied');
  });

  it('one can talk on; nothing was captured or sent', async () => {
    await talk.type('Can you read me?');
    await talk.entry('reply', /I can read you/);
    await eventually('nothing is captured', async () => (await openSights(talk.window.page)) === 0);
    assert.equal(pictureCount(talk), 0);
  });
});
