import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { FRAME_LIMITS } from '../../webview/picture/frame-size.ts';
import { LEAST_GAP_MS, meanGapMs } from './frame-gaps.ts';
import { launchSharingChromium, PictureStage } from './picture-stage.ts';

const CODE = Array.from(
  { length: 300 },
  (_, line) => `<div>${line} const total${line} = add(price[${line * 37}], tax); // as the receipt says</div>`,
).join('');
const PAGE = `<body style="margin:0;font:12px/18px monospace;background:#fff">
  <div style="padding-left:300px">${CODE}</div>
  <div id="clock" style="position:fixed;right:8px;top:4px;font:13px sans-serif;background:#fff">00:00:00</div>
  <div id="caret" style="position:fixed;left:1200px;top:300px;width:2px;height:18px;background:#000"></div></body>`;

/** A clock that runs ten times as fast as clocks do, and a caret that blinks. */
const TICK = `
  let seconds = 0;
  setInterval(() => {
    seconds += 1;
    clock.textContent = new Date(seconds * 7_919_000).toISOString().slice(11, 19);
    caret.hidden = !caret.hidden;
  }, 100);`;
const SCROLL = `window.scrolling = setInterval(() => scrollBy(0, 9), 50);`;

describe('A tab that is shared', () => {
  let browser: Browser;
  let stage: PictureStage;
  let tab: Page;
  let epoch = 0;

  before(async () => {
    browser = await launchSharingChromium();
    stage = await PictureStage.open(browser);
    tab = await stage.tabToShare(PAGE);
  });
  after(async () => {
    await stage.close();
    await browser.close();
  });
  afterEach(() => {
    assert.deepEqual(stage.visit.complaints, [], 'the host would refuse a message');
    assert.deepEqual(stage.errors, []);
  });

  it('waits for a click in the page, and starts in that click', async () => {
    epoch = stage.want('screen');
    await stage.untilState('screen', epoch, 'waiting');
    assert.equal(await stage.display('liveTracks'), 0);
    stage.post({
      type: 'shares',
      shares: {
        screen: { state: { kind: 'waiting' }, sentFrames: 0 },
        camera: { state: { kind: 'off' }, sentFrames: 0 },
        focus: 'screen',
        sessionOpen: true,
      },
    });
    await stage.page.getByRole('button', { name: 'Click to choose what to share' }).click();
    const on = await stage.untilState('screen', epoch, 'on');
    assert.deepEqual(on, { kind: 'on', label: '', what: 'tab', widthPx: 1920, heightPx: 1080 });
    assert.deepEqual(
      stage.states('screen', epoch).map(({ kind }) => kind),
      ['waiting', 'choosing', 'on'],
    );
  });

  it('is sent at once, and then, while only a caret blinks and a clock ticks, not again', async () => {
    await stage.untilFrames('screen', 1);
    await tab.evaluate(TICK);
    // Nothing but the refresh, which is due 10 s later because the person speaks.
    stage.post({ type: 'captureSettings', detail: 'high', focus: 'screen', personSpeaks: true });
    const [first, second] = await stage.untilFrames('screen', 2);
    stage.post({ type: 'captureSettings', detail: 'high', focus: 'screen', personSpeaks: false });
    assert.deepEqual([first?.changed, second?.changed], [true, false]);
  });

  it('is sent at once when the person begins to ask, unless the last frame is fresh', async () => {
    const before = stage.frames('screen').length;
    // Nobody speaks and nothing has changed: whatever comes now comes because it was asked for.
    stage.post({ type: 'requestFrame', unlessNewerThanMs: 1 });
    await stage.untilFrames('screen', before + 1);
    stage.post({ type: 'requestFrame', unlessNewerThanMs: 60_000 });
    // Answered after the question before it, so no frame can be on its way any more.
    await stage.cut('screen', { top: 0, left: 0, bottom: 100, right: 100 });
    assert.equal(stage.frames('screen').length, before + 1);
  });

  it('is sent as it changes while it scrolls, no more than once a second, and within its bytes', async () => {
    const before = stage.frames('screen').length;
    await tab.evaluate(SCROLL);
    const frames = (await stage.untilFrames('screen', before + 7)).slice(before);
    await tab.evaluate('clearInterval(scrolling)');
    const capturedAtMs = stage.host.capturedAtMs.slice(before);
    assert.ok(meanGapMs(capturedAtMs) > LEAST_GAP_MS, capturedAtMs.join(', '));
    const sizes = frames.map(({ jpeg }) => jpeg.byteLength).sort((a, b) => a - b);
    assert.ok((sizes[3] ?? Infinity) <= FRAME_LIMITS.high.bytes, sizes.join(', '));
    for (const { widthPx, heightPx, changed } of frames) {
      assert.ok(widthPx >= 1280 && widthPx <= 1920 && Math.abs(widthPx / heightPx - 16 / 9) < 0.01);
      assert.ok(changed);
    }
  });

  it('can be looked at closely at its full resolution, though it sends no new frames', async () => {
    const whole = { top: 0, left: 0, bottom: 500, right: 500 };
    const { picture } = await stage.cut('screen', whole, 2);
    assert.deepEqual([picture?.widthPx, picture?.heightPx], [1280, 720]);
    const small = await stage.cut('screen', { top: 100, left: 100, bottom: 300, right: 300 }, 3);
    assert.deepEqual([small.picture?.widthPx, small.picture?.heightPx], [768, 432], 'twice its size');
    assert.ok((picture?.jpeg.byteLength ?? 0) > 100_000, 'sharp');
    assert.ok((picture?.ageMs ?? Infinity) < 2_000);
  });

  it('is off, by its source, when the tab is closed, and shows nothing more', async () => {
    await tab.close();
    assert.deepEqual(await stage.untilState('screen', epoch, 'off'), { kind: 'off', by: 'source' });
    assert.equal(await stage.display('liveTracks'), 0);
    const { picture } = await stage.cut('screen', { top: 0, left: 0, bottom: 1000, right: 1000 }, 4);
    assert.equal(picture, undefined);
    await stage.untilNoWorker();
  });
});
