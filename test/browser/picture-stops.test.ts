import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { Seeded } from '../unit/live/seeded.ts';
import { launchSharingChromium, PictureStage } from './picture-stage.ts';

const STOPS = 200;
/** What a share goes through, one after another. */
const PHASES = ['wanted', 'choosing', 'on', 'frame'] as const;
/** A frame takes about so long from the camera to the socket, so a stop within it hits capture, encoding or posting. */
const FRAME_TAKES_MS = 60;

describe('A share that is stopped', () => {
  let browser: Browser;
  let stage: PictureStage;

  before(async () => {
    browser = await launchSharingChromium();
    stage = await PictureStage.open(browser);
    await stage.display('show', 1920, 1080, 'busy');
  });
  after(async () => {
    await stage.close();
    await browser.close();
  });

  it('by the loss of the media role together with another one leaves no worker behind', async () => {
    assert.equal(await stage.share('screen'), await stage.share('camera'), 'each source counts its own epochs');
    await stage.untilFrames('screen', 1);
    await stage.untilFrames('camera', 1);
    assert.equal(stage.page.workers().length, 1);
    stage.post({ type: 'roles', view: true, media: false });
    await stage.untilNoWorker();
    assert.equal(await stage.display('liveTracks'), 0);
    stage.post({ type: 'roles', view: true, media: true });
  });

  it(`at any of ${STOPS} moments sends no frame afterwards, and leaves nothing behind`, async () => {
    const seeded = new Seeded();
    console.log(`      SEED=${seeded.seed}`);
    const stoppedIn = { wanted: 0, choosing: 0, on: 0, frame: 0 };
    let unseen = 0;
    await stage.click();
    const { received } = stage;
    for (let round = 0; round < STOPS; round += 1) {
      if (round % 10 === 0) await stage.click();
      const source = seeded.next() < 0.7 ? 'screen' : 'camera';
      const phase = PHASES[seeded.below(PHASES.length)] ?? 'on';
      const epoch = stage.want(source);
      if (phase === 'frame') await stage.untilFrames(source, 1, epoch);
      else if (phase !== 'wanted') await stage.untilState(source, epoch, phase);
      // The moment itself is what is random here; nothing waits for something to have happened.
      const delayMs = seeded.next() * FRAME_TAKES_MS;
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      // Half of them ask for one more frame, so that one is certainly being made when the stop comes.
      if (seeded.next() < 0.5) stage.post({ type: 'requestFrame', unlessNewerThanMs: 0 });
      await stage.stop(source);
      stoppedIn[phase] += 1;
      if (stage.frames(source, epoch).length === 0) unseen += 1;
    }
    // Whatever was still on its way has arrived when this answer has.
    await stage.cut('screen', { top: 0, left: 0, bottom: 1000, right: 1000 });
    const stopped = { screen: 0, camera: 0 };
    for (const message of received) {
      if (message.type === 'shareState' && message.state.kind === 'off') stopped[message.source] = message.epoch;
      if (message.type !== 'frame') continue;
      assert.ok(
        message.epoch > stopped[message.source],
        `a frame of ${message.epoch} after ${stopped[message.source]}`,
      );
    }
    console.log(`      stopped in ${JSON.stringify(stoppedIn)}, ${unseen} before any frame was posted`);
    assert.ok(unseen > STOPS / 10 && unseen < STOPS * 0.9, 'stops before and after the first frame');
    assert.equal(await stage.display('liveTracks'), 0);
    await stage.untilNoWorker();
    assert.deepEqual(stage.errors, [], 'a picture that was not closed is complained about');
    assert.deepEqual(stage.visit.complaints, []);
  });

  it('by the loss of the media role sends no frame afterwards, and lets everything go', async () => {
    await stage.share('screen');
    await stage.untilFrames('screen', 1);
    const { length } = stage.received;
    stage.post({ type: 'requestFrame', unlessNewerThanMs: 0 });
    stage.post({ type: 'roles', view: true, media: false });
    const bytes = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    stage.post({ type: 'prepareStill', request: 1, name: 'dot.svg', mimeType: 'image/svg+xml', bytes });
    await stage.host.changes.until(() => stage.received.find(({ type }) => type === 'still'));
    const frames = stage.received.slice(length).filter(({ type }) => type === 'frame');
    assert.ok(frames.length <= 1, 'at most the one that was asked for before');
    assert.equal(await stage.display('liveTracks'), 0);
    await stage.untilNoWorker();
  });
});
