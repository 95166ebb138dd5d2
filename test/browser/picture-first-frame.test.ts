import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launchSharingChromium, PictureStage } from './picture-stage.ts';

/** Of each track the first frame gets lost between the browser and whoever reads the track's frames. */
const LOSE_THE_FIRST = `
  const Processor = MediaStreamTrackProcessor;
  let lost = 0;
  globalThis.framesLost = () => lost;
  globalThis.MediaStreamTrackProcessor = function (init) {
    let isFirst = true;
    const loss = new TransformStream({
      transform(frame, rest) {
        if (!isFirst) return rest.enqueue(frame);
        isFirst = false;
        lost += 1;
        frame.close();
      },
    });
    return { readable: new Processor(init).readable.pipeThrough(loss) };
  };`;

describe('A tab that stands still, of which the first frame is lost', () => {
  let browser: Browser;
  let stage: PictureStage;

  before(async () => {
    browser = await launchSharingChromium();
    stage = await PictureStage.open(browser);
    await stage.tabToShare('<p>Nothing moves here.</p>');
    await stage.page.evaluate(LOSE_THE_FIRST);
  });
  after(async () => {
    await stage.close();
    await browser.close();
  });

  it('is seen all the same', async () => {
    const epoch = await stage.share('screen');
    const [frame] = await stage.untilFrames('screen', 1);
    assert.equal(await stage.page.evaluate('framesLost()'), 1);
    assert.ok((frame?.widthPx ?? 0) >= 1280);
    await stage.stop('screen');
    assert.deepEqual(
      stage.states('screen', epoch).map(({ kind }) => kind),
      ['choosing', 'on'],
    );
    assert.equal(await stage.display('liveTracks'), 0);
    await stage.untilNoWorker();
    assert.deepEqual(stage.errors, []);
  });
});
