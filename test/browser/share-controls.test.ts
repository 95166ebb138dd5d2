import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { conversation, live, person, session } from './preview/scenes.ts';
import { CAMERA_ON, share, shares, WINDOW_ON } from './preview/sharing-scenes.ts';
import { useSharedView } from './preview/shared-view.ts';
import type { Stage } from './preview/stage.ts';

describe('Sharing', () => {
  const view = useSharedView();
  let stage: Stage;

  beforeEach(async () => {
    stage = await view.open();
  });

  const button = (name: string): Locator => stage.page.getByRole('button', { name, exact: true });
  const bar = (): Locator => stage.page.getByRole('toolbar', { name: 'Session controls' });

  it('is asked for by buttons, which then stop it, by mouse and keyboard', async () => {
    await stage.post(live(), shares());
    await button('Share Screen…').click();
    await button('Share Camera…').press('Enter');
    await button('Show Image…').press('Space');
    await stage.post(shares({ screen: share(WINDOW_ON), camera: share({ kind: 'choosing' }) }));
    await bar().getByRole('button', { name: 'Stop Sharing Screen' }).click();
    await bar().getByRole('button', { name: 'Stop Sharing Camera' }).click();
    await stage.post(shares());
    assert.equal(await stage.focusedName(), 'Share Camera…', 'one button for both keeps the focus');
    assert.deepEqual(await stage.intents(), [
      { kind: 'share', source: 'screen' },
      { kind: 'share', source: 'camera' },
      { kind: 'showImage' },
      { kind: 'stopSharing', source: 'screen' },
      { kind: 'stopSharing', source: 'camera' },
    ]);
  });

  it('is not offered before the host has said that it can be', async () => {
    await stage.post(live());
    assert.equal(await button('Share Screen…').isVisible(), false);
    await stage.post(shares());
    assert.ok(await button('Share Screen…').isVisible());
  });

  it('is offered on the first screen too, beside nothing that needs a session', async () => {
    await stage.post(session(), shares({ sessionOpen: false }));
    const names = await bar().getByRole('button').allTextContents();
    assert.equal(names.length, 3);
    await button('Share Screen…').click();
    await stage.post(session({ phase: 'connecting' }));
    assert.ok(await button('Stop').isVisible());
    await stage.post(session(), conversation(person('1', 'Hello')));
    assert.ok(await button('Start').isVisible());
  });

  it('is marked in words at the top for as long as anything is shared', async () => {
    const marker = stage.page.locator('header').getByText(/^Sharing/);
    await stage.post(live(), shares({ screen: share({ kind: 'choosing' }) }));
    assert.equal(await marker.isVisible(), false, 'nothing is shared yet');
    await stage.post(shares({ screen: share(WINDOW_ON) }));
    assert.equal(await marker.textContent(), 'Sharing screen');
    await stage.post(shares({ screen: share(WINDOW_ON), camera: share(CAMERA_ON) }));
    assert.equal(await marker.textContent(), 'Sharing screen and camera');
    const isWhole = await marker.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth);
    assert.ok(isWhole, 'cut off');
    await stage.post(shares());
    assert.equal(await marker.isVisible(), false);
  });

  it('is announced when it begins and when it ends, once each', async () => {
    const said = (): Promise<string[]> =>
      stage.page
        .getByRole('status')
        .getByText(/haring/)
        .allTextContents();
    await stage.post(live(), shares({ screen: share(WINDOW_ON, 1) }), shares({ screen: share(WINDOW_ON, 2) }));
    assert.deepEqual(await said(), ['Sharing your screen']);
    await stage.post(shares({ camera: share(CAMERA_ON) }));
    assert.deepEqual(await said(), ['Sharing your screen', 'Stopped sharing your screen', 'Sharing your camera']);
  });

  it('that waits for a click gets it by one plain button, where it is captured', async () => {
    await stage.page.evaluate(`navigator.mediaDevices.getDisplayMedia = async () => {
      globalThis.pickerAsked = [...(globalThis.pickerAsked ?? []), navigator.userActivation.isActive];
      throw new DOMException('a gesture is needed', 'InvalidStateError');
    }`);
    await stage.post(live(), { type: 'share', source: 'screen', wanted: true, epoch: 1, device: '' });
    await stage.untilPosted({ type: 'shareState', source: 'screen', epoch: 1, state: { kind: 'waiting' } });
    const before = await stage.page.evaluate<number>('pickerAsked.length');
    await stage.post(shares({ screen: share({ kind: 'waiting' }) }));
    assert.equal(
      await stage.page
        .getByRole('status')
        .getByText(/^Click in the Talkthrough page/)
        .count(),
      1,
    );
    await button('Click to choose what to share').click();
    const asked = await stage.page.evaluate<readonly boolean[]>('pickerAsked');
    assert.deepEqual(asked.slice(before), [true], 'the browser was not asked within the click');
    await stage.post({ type: 'roles', view: true, media: false });
    assert.equal(await button('Click to choose what to share').isVisible(), false);
    await stage.page.getByRole('article').getByText('Click in the Talkthrough page to choose').waitFor();
  });

  it('that failed says why, and can be tried again or put away', async () => {
    const failed = share(
      { kind: 'failed', reason: 'denied-by-system', detail: 'NotAllowedError' },
      0,
      'Not allowed by the operating system.',
    );
    await stage.post(live(), shares({ screen: failed }));
    const card = stage.page.getByRole('article', { name: 'Screen' });
    await card.getByText('Not allowed by the operating system.').waitFor();
    await card.getByRole('button', { name: 'Try Again' }).click();
    await card.getByRole('button', { name: 'Dismiss' }).click();
    assert.deepEqual(await stage.intents(), [
      { kind: 'share', source: 'screen' },
      { kind: 'stopSharing', source: 'screen' },
    ]);
  });
});
