import assert from 'node:assert/strict';
import { type Browser, launch, type Page } from 'puppeteer-core';
import type { FrameMessage, FromSurface } from '../../src/protocol/messages.ts';
import type { ShareSource, ShareState } from '../../src/protocol/picture.ts';
import { findFirefox } from './firefox.ts';
import { PageHost } from './page-host.ts';
import type { PageVisit } from './page-visit.ts';

/** Firefox has no stream of frames for pages, so everything here comes through the video that nobody sees. */
describe('Pictures in Firefox', function () {
  this.timeout(60_000);
  let browser: Browser;
  let host: PageHost;
  let page: Page;
  let visit: PageVisit;
  let epoch = 0;

  before(async () => {
    browser = await launch({
      browser: 'firefox',
      executablePath: findFirefox(),
      headless: true,
      extraPrefsFirefox: { 'media.navigator.streams.fake': true, 'media.navigator.permission.disabled': true },
    });
  });
  after(() => browser.close());
  beforeEach(async () => {
    host = await PageHost.open();
    page = await browser.newPage();
    await page.goto(host.newAddress());
    visit = await host.untilJoined();
    visit.post({ type: 'sight', detail: 'medium', focus: 'screen', personSpeaks: false });
  });
  afterEach(async () => {
    assert.deepEqual(visit.complaints, [], 'the host would refuse a message');
    await page.close();
    await host.stop();
  });

  function want(source: ShareSource, wanted = true): number {
    epoch += 1;
    visit.post({ type: 'share', source, wanted, epoch, device: '' });
    return epoch;
  }

  function untilState(of: number, kind: ShareState['kind']): Promise<ShareState> {
    return host.changes.until(() => {
      for (const message of visit.received) {
        if (message.type === 'shareState' && message.epoch === of && message.state.kind === kind) return message.state;
      }
      return undefined;
    });
  }

  const frames = (of: number): readonly FrameMessage[] =>
    visit.received.filter((message) => message.type === 'frame').filter((frame) => frame.epoch === of);

  function untilFrames(of: number, count: number): Promise<readonly FrameMessage[]> {
    return host.changes.until(() => (frames(of).length >= count ? frames(of) : undefined));
  }

  const find = (test: (message: FromSurface) => boolean): Promise<FromSurface> =>
    host.changes.until(() => visit.received.find(test));

  /** A click on nothing in particular, which is what `waiting` waits for once the host has passed it on. */
  async function allow(source: ShareSource): Promise<number> {
    await page.click('body');
    return want(source);
  }

  it('of the camera come when they are asked for, also from behind another tab, and stop at once', async () => {
    const camera = await allow('camera');
    const on = await untilState(camera, 'on');
    assert.ok(on.kind === 'on' && on.label !== '' && on.widthPx >= 640);
    await untilFrames(camera, 1);
    const other = await browser.newPage();
    await other.bringToFront();
    for (let asked = 0; asked < 3; asked += 1) {
      const before = frames(camera).length;
      visit.post({ type: 'look', unlessNewerThanMs: 0 });
      await untilFrames(camera, before + 1);
    }
    for (const { widthPx, heightPx, jpeg } of frames(camera)) {
      assert.ok(jpeg.byteLength <= 70_000 && widthPx >= 640 && heightPx >= 360);
      assert.deepEqual([jpeg[0], jpeg[1]], [0xff, 0xd8]);
    }
    await other.close();
    visit.post({ type: 'cut', request: 1, source: 'camera', region: { top: 0, left: 0, bottom: 500, right: 500 } });
    const cut = await find(({ type }) => type === 'cutResult');
    assert.ok(cut.type === 'cutResult' && cut.picture !== undefined);
    const off = want('camera', false);
    await untilState(off, 'off');
    const { length } = visit.received;
    visit.post({ type: 'cut', request: 2, source: 'camera', region: { top: 0, left: 0, bottom: 500, right: 500 } });
    const none = await find((message) => message.type === 'cutResult' && message.request === 2);
    assert.ok(none.type === 'cutResult' && none.picture === undefined);
    assert.ok(!visit.received.slice(length).some(({ type }) => type === 'frame'));
  });

  it('of a screen are not to be had where there is none, and Firefox says that in its words', async () => {
    const screen = await allow('screen');
    const state = await untilState(screen, 'failed');
    assert.ok(state.kind === 'failed' && state.reason === 'missing', JSON.stringify(state));
  });

  it('can be files: a drawing with HTML in it, a transparent one, a broken one', async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><foreignObject width="200" height="100">
      <p xmlns="http://www.w3.org/1999/xhtml">Box</p></foreignObject><script>window.pwned = 1</script></svg>`;
    const bytes = new TextEncoder().encode(svg);
    visit.post({ type: 'prepareStill', request: 1, name: 'a.svg', mimeType: 'image/svg+xml', bytes });
    const still = await find(({ type }) => type === 'still' || type === 'stillFailed');
    assert.ok(still.type === 'still' && still.widthPx === 1024 && still.heightPx === 512, JSON.stringify(still));
    const broken = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><g>');
    visit.post({ type: 'prepareStill', request: 2, name: 'b.svg', mimeType: 'image/svg+xml', bytes: broken });
    const failed = await find((message) => message.type === 'stillFailed' && message.request === 2);
    assert.ok(failed.type === 'stillFailed' && failed.reason === 'not-a-picture');
    assert.equal(await page.evaluate('window.pwned'), undefined);
  });
});
