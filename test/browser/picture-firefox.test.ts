import assert from 'node:assert/strict';
import type { Browser } from 'puppeteer-core';
import { readText, readWords } from '../sight/read-words.ts';
import { ensureReadingPrograms } from '../sight/reading-programs.ts';
import { wordRecall } from '../sight/word-recall.ts';
import { FirefoxStage, launchSharingFirefox } from './firefox-stage.ts';
import { startVirtualDisplay, type VirtualDisplay } from './virtual-display.ts';

/** Firefox has no stream of frames for pages, so everything here comes through the video that nobody sees. */
describe('Pictures in Firefox', function () {
  this.timeout(60_000);
  let browser: Browser;
  let stage: FirefoxStage;

  before(async () => {
    browser = await launchSharingFirefox();
  });
  after(() => browser.close());
  beforeEach(async () => {
    stage = await FirefoxStage.open(browser);
  });
  afterEach(() => stage.close());

  it('of the camera come when they are asked for, also from behind another tab, and stop at once', async () => {
    const camera = await stage.allow('camera');
    const on = await stage.untilState(camera, 'on');
    assert.ok(on.label !== '' && on.widthPx >= 640);
    await stage.untilFrames(camera, 1);
    const other = await browser.newPage();
    await other.bringToFront();
    for (let asked = 0; asked < 3; asked += 1) {
      const before = stage.frames(camera).length;
      stage.post({ type: 'requestFrame', unlessNewerThanMs: 0 });
      await stage.untilFrames(camera, before + 1);
    }
    for (const { widthPx, heightPx, jpeg } of stage.frames(camera)) {
      assert.ok(jpeg.byteLength <= 70_000 && widthPx >= 640 && heightPx >= 360);
      assert.deepEqual([jpeg[0], jpeg[1]], [0xff, 0xd8]);
    }
    await other.close();
    stage.post({ type: 'crop', request: 1, source: 'camera', region: { top: 0, left: 0, bottom: 500, right: 500 } });
    const cut = await stage.find(({ type }) => type === 'cropResult');
    assert.ok(cut.type === 'cropResult' && cut.picture !== undefined);
    const off = stage.want('camera', false);
    await stage.untilState(off, 'off');
    const { length } = stage.received;
    stage.post({ type: 'crop', request: 2, source: 'camera', region: { top: 0, left: 0, bottom: 500, right: 500 } });
    const none = await stage.find((message) => message.type === 'cropResult' && message.request === 2);
    assert.ok(none.type === 'cropResult' && none.picture === undefined);
    assert.ok(!stage.received.slice(length).some(({ type }) => type === 'frame'));
  });

  it('of a screen are not to be had where there is none, and Firefox says that in its words', async () => {
    const screen = await stage.allow('screen');
    const state = await stage.untilState(screen, 'failed');
    assert.equal(state.reason, 'missing', JSON.stringify(state));
  });

  it('can be files: a drawing with HTML in it, a transparent one, a broken one', async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><foreignObject width="200" height="100">
      <p xmlns="http://www.w3.org/1999/xhtml">Box</p></foreignObject><script>window.pwned = 1</script></svg>`;
    const bytes = new TextEncoder().encode(svg);
    stage.post({ type: 'prepareStill', request: 1, name: 'a.svg', mimeType: 'image/svg+xml', bytes });
    const still = await stage.find(({ type }) => type === 'still' || type === 'stillFailed');
    assert.ok(still.type === 'still' && still.widthPx === 1024 && still.heightPx === 512, JSON.stringify(still));
    const broken = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><g>');
    stage.post({ type: 'prepareStill', request: 2, name: 'b.svg', mimeType: 'image/svg+xml', bytes: broken });
    const failed = await stage.find((message) => message.type === 'stillFailed' && message.request === 2);
    assert.ok(failed.type === 'stillFailed' && failed.reason === 'not-a-picture');
    assert.equal(await stage.page.evaluate('window.pwned'), undefined);
  });
});

// Elsewhere it would be the screen of whoever runs this.
if (process.platform === 'linux') {
  describe('A screen in Firefox', function () {
    this.timeout(60_000);
    const ON_SCREEN = 'Fix shelf B with four screws of thirty millimetres';
    let display: VirtualDisplay;
    let browser: Browser;
    let stage: FirefoxStage;

    before(async () => {
      display = await startVirtualDisplay(1280, 720);
      browser = await launchSharingFirefox(display.env);
      stage = await FirefoxStage.open(browser);
    });
    after(async () => {
      await stage.close();
      await browser.close();
      await display.stop();
    });

    it('is shared in a click, sent as it is and again as it changes, and let go at once', async () => {
      const screen = await stage.allow('screen');
      const on = await stage.untilState(screen, 'on');
      assert.deepEqual([on.widthPx, on.heightPx], [1280, 720]);
      const [first] = await stage.untilFrames(screen, 1);
      assert.deepEqual([first?.widthPx, first?.heightPx], [1280, 720]);

      const other = await browser.newPage();
      // Below the bar in which Firefox says that it shares.
      await other.setContent(`<p style="margin: 200px 20px; font: 28px sans-serif">${ON_SCREEN}</p>`);
      await other.bringToFront();
      let read = '';
      for (let count = stage.frames(screen).length; !isRead(read); count += 1) {
        const frames = await stage.untilFrames(screen, count);
        read = readText(await readWords(ensureReadingPrograms(), frames.at(-1)?.jpeg ?? new Uint8Array()));
      }
      await other.close();

      await stage.untilState(stage.want('screen', false), 'off');
      const { length } = stage.received;
      stage.post({ type: 'crop', request: 1, source: 'screen', region: { top: 0, left: 0, bottom: 500, right: 500 } });
      await stage.find(({ type }) => type === 'cropResult');
      assert.ok(!stage.received.slice(length).some(({ type }) => type === 'frame'));
    });

    const isRead = (text: string): boolean => wordRecall(ON_SCREEN, text).share === 1;
  });
}
