import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { LEAST_GAP_MS, meanGapMs } from './frame-gaps.ts';
import { isNear, PicturePixels } from './picture-pixels.ts';
import { launchSharingChromium, PictureStage } from './picture-stage.ts';

const ALL = { top: 0, left: 0, bottom: 1000, right: 1000 };

describe('Sources that are shared', () => {
  let browser: Browser;
  let stage: PictureStage;
  let pixels: PicturePixels;

  before(async () => {
    browser = await launchSharingChromium();
    pixels = await PicturePixels.open(browser);
  });
  after(() => browser.close());
  beforeEach(async () => {
    stage = await PictureStage.open(browser);
  });
  afterEach(async () => {
    assert.deepEqual(stage.visit.complaints, [], 'the host would refuse a message');
    assert.deepEqual(stage.errors, []);
    await stage.close();
  });

  for (const [widthPx, heightPx, frameWidthPx, frameHeightPx] of [
    [5120, 2880, 1920, 1080],
    [1, 1, 1, 1],
    [641, 359, 641, 359],
    [1080, 2400, 966, 2147],
  ] as const) {
    it(`may have ${widthPx} by ${heightPx} px`, async () => {
      await stage.display('show', widthPx, heightPx, 'still');
      const epoch = await stage.share('screen');
      const [frame] = await stage.untilFrames('screen', 1);
      assert.deepEqual([frame?.widthPx, frame?.heightPx], [frameWidthPx, frameHeightPx]);
      const { jpeg } = frame ?? assert.fail();
      const seen = await pixels.look(jpeg, [[0.375, 0.375]]);
      assert.deepEqual([seen.widthPx, seen.heightPx], [frameWidthPx, frameHeightPx]);
      if (widthPx > 1) assert.ok(isNear(seen.colours[0], [0, 0x66, 0xcc]), String(seen.colours[0]));
      const on = stage.states('screen', epoch).findLast(({ kind }) => kind === 'on');
      assert.deepEqual(on?.kind === 'on' && [on.widthPx, on.heightPx], [widthPx, heightPx]);
    });
  }

  it('may give one frame and then none, and are looked at closely all the same', async () => {
    await stage.display('show', 1600, 900, 'once');
    await stage.share('screen');
    await stage.untilFrames('screen', 1);
    const { picture } = await stage.cut('screen', { top: 250, left: 250, bottom: 750, right: 750 });
    assert.deepEqual([picture?.widthPx, picture?.heightPx], [1280, 720]);
    const { colours } = await pixels.look(picture?.jpeg ?? new Uint8Array(), [[0.5, 0.5]]);
    assert.ok(isNear(colours[0], [0x33, 0x99, 0x33]));
  });

  it('may be resized or turned while they are shared: the host is told, and the next frame has the new shape', async () => {
    await stage.display('show', 1200, 800, 'still');
    const epoch = await stage.share('screen');
    await stage.untilFrames('screen', 1);
    await stage.display('show', 800, 1200, 'still');
    const frame = await stage.host.changes.until(() => stage.frames('screen').find(({ widthPx }) => widthPx === 800));
    assert.deepEqual([frame.heightPx, frame.changed], [1200, true]);
    assert.ok(stage.states('screen', epoch).some((state) => state.kind === 'on' && state.widthPx === 800));
  });

  it('may be two: the focus sends most, the other little, and never two within a second', async () => {
    await stage.display('show', 1280, 720, 'busy');
    const screen = await stage.share('screen');
    const camera = await stage.share('camera');
    await stage.host.changes.until(() => (stage.host.capturedAtMs.length >= 8 ? true : undefined));
    assert.ok(meanGapMs(stage.host.capturedAtMs) > LEAST_GAP_MS, stage.host.capturedAtMs.join(', '));
    const [ofScreen, ofCamera] = [stage.frames('screen', screen).length, stage.frames('camera', camera).length];
    assert.ok(ofCamera >= 1 && ofCamera < ofScreen, `${ofScreen} and ${ofCamera}`);
    stage.post({ type: 'captureSettings', detail: 'low', focus: 'camera', personSpeaks: false });
    await stage.untilFrames('camera', ofCamera + 3, camera);
    assert.ok((stage.frames('camera', camera).at(-1)?.jpeg.byteLength ?? Infinity) <= 45_000);
  });

  it('show a clear camera picture, known by its name', async () => {
    const epoch = await stage.share('camera');
    const on = await stage.untilState('camera', epoch, 'on');
    assert.equal(on.label, 'fake_device_0');
    assert.equal(on.what, undefined);
    const [frame] = await stage.untilFrames('camera', 1);
    assert.equal(frame?.widthPx, on.widthPx);
    assert.ok(stage.received.some((message) => message.type === 'cameras' && message.labels[0] === 'fake_device_0'));
    const { picture } = await stage.cut('camera', ALL);
    assert.equal(picture?.widthPx, on.widthPx);
    await stage.stop('camera');
    assert.equal(await stage.display('liveTracks'), 0);
  });
});

describe('Sources that are not to be had', () => {
  let browser: Browser;
  let stage: PictureStage;

  before(async () => {
    browser = await launchSharingChromium();
  });
  after(() => browser.close());
  afterEach(async () => {
    assert.deepEqual(stage.visit.complaints, []);
    assert.equal(await stage.display('liveTracks'), 0);
    await stage.untilNoWorker();
    await stage.close();
  });

  async function failure(source: 'screen' | 'camera'): Promise<string> {
    await stage.click();
    const { reason, detail } = await stage.untilState(source, stage.want(source), 'failed');
    console.log(`      ${reason}: ${detail}`);
    return reason;
  }

  it('are told apart: the picker was closed, the system or another program said no, nothing is there', async () => {
    stage = await PictureStage.open(browser);
    await stage.display('refuse', 'NotAllowedError', 'Permission denied');
    assert.equal(await failure('screen'), 'cancelled');
    await stage.display('refuse', 'NotAllowedError', 'Permission denied by system');
    assert.equal(await failure('screen'), 'denied-by-system');
    assert.equal(await failure('camera'), 'denied-by-system');
    await stage.display('refuse', 'NotReadableError', 'Could not start video source');
    assert.equal(await failure('camera'), 'busy');
    await stage.display('refuse', 'NotFoundError', 'Requested device not found');
    assert.equal(await failure('screen'), 'missing');
  });

  it('are not, when the person never allowed the camera: Chromium itself says so', async () => {
    stage = await PictureStage.open(browser, { camera: false });
    assert.equal(await failure('camera'), 'denied');
  });

  it('are not any more, when the camera is unplugged; it can be shared again', async () => {
    stage = await PictureStage.open(browser);
    const epoch = await stage.share('camera');
    await stage.untilFrames('camera', 1);
    await stage.display('endTrack');
    const { reason } = await stage.untilState('camera', epoch, 'failed');
    assert.equal(reason, 'vanished');
    await stage.share('camera');
    await stage.untilFrames('camera', 1);
    await stage.stop('camera');
  });

  it('are let go when they are granted after the wish was withdrawn', async () => {
    stage = await PictureStage.open(browser);
    await stage.click();
    const epoch = stage.want('screen');
    const off = stage.want('screen', false);
    await stage.untilState('screen', off, 'off');
    await stage.cut('screen', ALL);
    assert.deepEqual(stage.frames('screen', epoch), []);
  });
});
