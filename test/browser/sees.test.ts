import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { type SamplePicture, takeSamplePicture } from './preview/sample-picture.ts';
import { live, session } from './preview/scenes.ts';
import { CAMERA_ON, pointing, share, shares, shown, WINDOW_ON } from './preview/sharing-scenes.ts';
import { useSharedView } from './preview/shared-view.ts';
import type { Stage } from './preview/stage.ts';

const NOW_MS = 1_000_000_000_000;

describe('What it sees', () => {
  const view = useSharedView();
  let stage: Stage;
  let wide: SamplePicture;
  let other: SamplePicture;
  let small: SamplePicture;

  before(async () => {
    wide = await takeSamplePicture(view.browser, {
      widthPx: 1600,
      heightPx: 900,
      text: 'Fix shelf B with four screws.',
    });
    other = await takeSamplePicture(view.browser, { widthPx: 640, heightPx: 960, text: 'Turn it over.' });
    small = await takeSamplePicture(view.browser, { widthPx: 64, heightPx: 36, text: 'Go on.' });
  });
  beforeEach(async () => {
    stage = await view.open();
    await stage.post(live(), shares());
  });

  const button = (name: string | RegExp): Locator => stage.page.getByRole('button', { name, exact: true });
  const card = (name: string): Locator => stage.page.getByRole('article', { name, exact: true });
  const WINDOW = 'Window: Assembly instructions';
  const CAMERA = 'Camera: Desk camera';
  const FULL_WINDOW = `Show full size: ${WINDOW}`;

  const bothOn = shares({ screen: share(WINDOW_ON, 3), camera: share(CAMERA_ON, 1) });

  describe('a card', () => {
    it('shows the very bytes that were sent, and says their size, weight and number', async () => {
      await stage.post(shares({ screen: share(WINDOW_ON, 12) }), shown('screen', wide));
      assert.deepEqual(await stage.shownBytes('.thumbnail img'), wide.jpeg);
      await stage.post(shown('screen', other), shares({ screen: share(WINDOW_ON, 1_300) }));
      assert.deepEqual(await stage.shownBytes('.thumbnail img'), other.jpeg);
      const text = (await card(WINDOW).textContent()) ?? '';
      assert.ok(text.includes('640 × 960 px'), text);
      assert.ok(text.includes(`${Math.round(other.jpeg.byteLength / 1000)} kB`), text);
      assert.ok(text.includes('1,300 pictures sent'), text);
      assert.ok(await stage.page.getByAltText(`Last picture sent of ${WINDOW}`).isVisible());
    });

    it('keeps the shape of the picture, whole, whatever it is', async () => {
      await stage.post(shares({ screen: share(WINDOW_ON, 1) }));
      for (const picture of [wide, other, { ...wide, widthPx: 1, heightPx: 1400 }]) {
        await stage.post(shown('screen', picture));
        const frame = await stage.page.locator('.thumbnail .picture-frame').boundingBox();
        const thumbnail = await stage.page.locator('.thumbnail').boundingBox();
        assert.ok(frame !== null && thumbnail !== null);
        assert.ok(frame.width <= thumbnail.width && frame.height <= thumbnail.height, 'it hangs out of its place');
        const shape = picture.widthPx / picture.heightPx;
        // At least a pixel wide, so that it is never nothing at all.
        assert.ok(Math.abs(frame.width - Math.max(1, frame.height * shape)) < 1, 'it is out of shape');
      }
    });

    it('grows older by the second, then by the minute', async () => {
      stage = await view.openStopped(NOW_MS);
      await stage.post(live(), shares({ screen: share(WINDOW_ON, 1) }));
      await stage.post(shown('screen', wide, { sentAtMs: NOW_MS }));
      await card(WINDOW).getByText('just now').waitFor();
      await stage.page.clock.runFor(2_000);
      await card(WINDOW).getByText('2 s ago').waitFor();
      await stage.page.clock.runFor(181_000);
      await card(WINDOW).getByText('3 min ago').waitFor();
    });

    it('says so while nothing was sent, and why', async () => {
      await stage.post(shares({ screen: share(WINDOW_ON) }));
      await card(WINDOW).getByText('No pictures sent yet.').waitFor();
      assert.equal(await stage.page.locator('.thumbnail').isVisible(), false);
      await stage.post(session(), shares({ screen: share(WINDOW_ON), sessionOpen: false }));
      await card(WINDOW).getByText('Pictures are sent once a session is running.').waitFor();
    });

    it('goes with the share: what the model does not see any more is not shown, nor kept', async () => {
      await stage.post(bothOn, shown('screen', wide), shown('camera', other));
      assert.equal(await stage.heldPictures(), 2);
      await stage.post(shares({ camera: share(CAMERA_ON, 1) }));
      assert.equal(await card(WINDOW).count(), 0);
      assert.equal(await stage.heldPictures(), 1);
      // One that was still on its way when the share ended.
      await stage.post(shown('screen', wide));
      assert.equal(await stage.heldPictures(), 1);
      // The next share has nothing of the last.
      await stage.post(shares({ screen: share(WINDOW_ON) }));
      await card(WINDOW).getByText('No pictures sent yet.').waitFor();
    });

    it('of a still has its file name, stays when sharing stops, and goes with the session', async () => {
      await stage.post(shown('still', other, { name: 'shelf.png' }));
      assert.ok(await card('shelf.png').isVisible());
      assert.equal(await card('shelf.png').getByRole('button').count(), 1);
      await stage.post(shares());
      assert.ok(await card('shelf.png').isVisible());
      await stage.post(session(), shares({ sessionOpen: false }));
      assert.equal(await card('shelf.png').count(), 0);
      assert.equal(await stage.heldPictures(), 0);
    });
  });

  it('lets either be stopped, and one of two be the focus, by keyboard', async () => {
    await stage.post(bothOn);
    await card(WINDOW).getByRole('button', { name: 'Focus', pressed: true }).press('Enter');
    await card(CAMERA).getByRole('button', { name: 'Focus', pressed: false }).press('Enter');
    await card(CAMERA).getByRole('button', { name: 'Stop Sharing Camera' }).press('Space');
    assert.deepEqual(await stage.intents(), [
      { kind: 'focus', source: 'camera' },
      { kind: 'stopSharing', source: 'camera' },
    ]);
    await stage.post(shares({ screen: share(WINDOW_ON, 3) }));
    assert.equal(await stage.focusedName(), 'Stop', 'the focus went with the card');
    assert.equal(await button('Focus').isVisible(), false, 'there is nothing to choose from');
  });

  it('holds one picture of each source, however many come, and the page grows by nothing', async () => {
    await stage.post(bothOn, shown('screen', wide), shown('camera', wide));
    const nodes = (): Promise<number> => stage.page.locator('*').count();
    const before = await nodes();
    const frames = Array.from({ length: 500 }, (_, frame) => shown(frame % 5 === 0 ? 'camera' : 'screen', small));
    await stage.post(...frames);
    assert.equal(await stage.heldPictures(), 2);
    assert.equal(await nodes(), before);
    assert.equal(await stage.page.evaluate('document.getAnimations().length'), 0);
    assert.deepEqual(await stage.shownBytes('[data-source=screen] img'), small.jpeg);
  });

  it('touches nothing on the page when nothing has changed', async () => {
    const still = shown('still', small, { sentAtMs: 0 });
    // Without a clock that counts.
    await stage.post(session({ phase: 'listening' }), bothOn, still, pointing('still', 'Here'));
    await stage.shownBytes('[data-source=still] img');
    assert.equal(await stage.mutationsOf(bothOn), 0);
  });

  describe('full size', () => {
    const dialog = (): Locator => stage.page.getByRole('dialog', { name: WINDOW });
    const width = async (): Promise<number> => (await dialog().getByRole('img').boundingBox())?.width ?? 0;

    beforeEach(async () => {
      await stage.post(shares({ screen: share(WINDOW_ON, 1) }), shown('screen', wide));
    });

    it('opens by Enter, follows what is sent, closes by Escape and gives the focus back', async () => {
      await button(FULL_WINDOW).press('Enter');
      assert.deepEqual(await stage.shownBytes('dialog img'), wide.jpeg);
      await stage.post(shown('screen', other), shares({ screen: share(WINDOW_ON, 2) }));
      assert.deepEqual(await stage.shownBytes('dialog img'), other.jpeg);
      await dialog().getByText('640 × 960 px').waitFor();
      await dialog().getByText('2 pictures sent').waitFor();
      await stage.page.keyboard.press('Escape');
      await dialog().waitFor({ state: 'hidden' });
      assert.equal(await stage.focusedName(), FULL_WINDOW);
    });

    it('fits, or shows pixel by pixel, as the person likes', async () => {
      await button(FULL_WINDOW).click();
      const { width: roomPx = 0 } = stage.page.viewportSize() ?? {};
      assert.ok((await width()) <= roomPx && (await width()) > roomPx * 0.9, `${await width()} of ${roomPx} px`);
      await dialog().getByRole('button', { name: 'Actual Size', pressed: false }).click();
      assert.equal(await width(), 1600);
      // All of it is within reach: nothing lies before where scrolling begins.
      const box = await dialog().getByRole('img').boundingBox();
      assert.ok(box !== null && box.x >= 0, 'the left edge cannot be seen');
      await dialog().getByRole('button', { name: 'Actual Size', pressed: true }).click();
      assert.ok((await width()) <= roomPx);
      await dialog().getByRole('button', { name: 'Close' }).click();
      await dialog().waitFor({ state: 'hidden' });
    });

    it('closes when sharing stops, and the focus is not lost', async () => {
      await button(FULL_WINDOW).press('Enter');
      await dialog().waitFor();
      await stage.post(shares());
      await dialog().waitFor({ state: 'hidden' });
      assert.equal(await stage.focusedName(), 'Stop');
      assert.equal(await stage.heldPictures(), 0);
    });
  });

  describe('pointing', () => {
    /** Where the drawn box stands in the picture, in thousandths: top, left, bottom, right. */
    async function drawn(within: string): Promise<readonly number[]> {
      const picture = await stage.page.locator(`${within} img`).boundingBox();
      const box = await stage.page.locator(`${within} .pointing-box`).boundingBox();
      assert.ok(picture !== null && box !== null);
      const y = (px: number): number => Math.round(((px - picture.y) / picture.height) * 1000);
      const x = (px: number): number => Math.round(((px - picture.x) / picture.width) * 1000);
      return [y(box.y), x(box.x), y(box.y + box.height), x(box.x + box.width)];
    }

    function assertClose(actual: readonly number[], expected: readonly number[]): void {
      for (const [index, value] of expected.entries()) {
        assert.ok(Math.abs((actual[index] ?? NaN) - value) <= 12, `${actual.join(' ')}, not ${expected.join(' ')}`);
      }
    }

    for (const shape of ['wide', 'tall'] as const) {
      it(`draws the box where the model means it, and its label, on thumbnail and full size: ${shape}`, async () => {
        const box = [250, 100, 600, 450] as const;
        const picture = shape === 'wide' ? wide : other;
        await stage.post(shares({ screen: share(WINDOW_ON, 1) }), shown('screen', picture));
        await stage.post(pointing('screen', 'Shelf B', box));
        assertClose(await drawn('.thumbnail'), box);
        await button(`${FULL_WINDOW}, pointing at Shelf B`).click();
        assertClose(await drawn('dialog'), box);
        assert.ok(await stage.page.locator('dialog').getByText('Shelf B', { exact: true }).isVisible());
        // The host says when it is over; the next picture may well show the same.
        await stage.post(shown('screen', picture));
        assertClose(await drawn('dialog'), box);
        await stage.post({ type: 'pointing', source: 'screen' });
        assert.equal(await stage.page.locator('.pointing-box').filter({ visible: true }).count(), 0);
      });
    }

    it('is said in words: once, and in the open dialog too, where nothing else is read out', async () => {
      const announced = async () => (await stage.page.locator('.view > [role=status] p').allTextContents()).slice(-2);
      await stage.post(shares({ screen: share(WINDOW_ON, 1) }), shown('screen', wide));
      await stage.post(pointing('screen', 'Shelf B'), pointing('screen', 'Shelf B', [0, 0, 40, 40]));
      assert.deepEqual(await announced(), ['Sharing your screen', 'Pointing at Shelf B']);
      await button(`${FULL_WINDOW}, pointing at Shelf B`).click();
      const dialog = stage.page.getByRole('dialog');
      const said = dialog.getByRole('status');
      assert.equal(await said.textContent(), 'Pointing at Shelf B');
      assert.equal(await said.getAttribute('id'), await dialog.getAttribute('aria-describedby'));
      await stage.post(pointing('screen', 'the dowel'));
      assert.equal(await said.textContent(), 'Pointing at the dowel');
      await stage.post({ type: 'pointing', source: 'screen' });
      assert.equal(await said.textContent(), '');
    });

    it('stays within the picture and readable in every corner, for any words', async () => {
      await stage.post(shares({ screen: share(WINDOW_ON, 1) }), shown('screen', wide));
      const label = 'the long screw that goes into the second hole from the left';
      for (const box of [
        [0, 0, 40, 40],
        [0, 960, 40, 1000],
        [960, 0, 1000, 40],
        [960, 960, 1000, 1000],
        [0, 0, 1000, 1000],
        [600, 700, 200, 300], // inside out
      ] as const) {
        await stage.post(pointing('screen', label, box));
        const picture = await stage.page.locator('.thumbnail img').boundingBox();
        const words = await stage.page.locator('.thumbnail .pointing-label').boundingBox();
        assert.ok(picture !== null && words !== null && words.width > 30, `at ${box.join(' ')}`);
        assert.ok(words.x >= picture.x - 1 && words.x + words.width <= picture.x + picture.width + 1);
        assert.ok(words.y >= picture.y - 1 && words.y + words.height <= picture.y + picture.height + 1);
      }
    });
  });
});
