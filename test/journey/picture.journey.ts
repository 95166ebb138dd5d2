// A person shows something in the panel of VS Code: a tab of small type, a camera, single pictures.
import assert from 'node:assert/strict';
import { statusBarItem } from './harness/status-bar.ts';
import {
  checkCameraAndScreen,
  checkCloserLook,
  checkFrameIsLegible,
  checkPointing,
  checkRandomStops,
  checkReconnection,
  checkScrolling,
  checkStillScreen,
  checkStopped,
  checkTold,
} from './product/sharing-checks.ts';
import { SharingWindow } from './product/sharing-window.ts';
import { untilSeen } from './product/sights.ts';

describe('journey: picture, in the panel', () => {
  let window: SharingWindow;
  before(async () => {
    window = await SharingWindow.open('picture', false);
  });
  after(() => window.close());

  it('shared before there is a session: one is begun, and it sees what was chosen', async () => {
    await window.talk.command('Share Screen…');
    await window.talk.enterKey();
    await window.untilOn('screen');
    await window.untilWhole();
    await untilSeen(window.surface, 'screen');
    await statusBarItem(window.talk.window.page, /Screen/);
    await window.talk.screenshot('panel-shares');
    assert.equal(await window.captured(), 1);
  });

  it('type of 12 px can be read in what the service got', () => checkFrameIsLegible(window));

  it('a screen that stands still for a minute costs two frames at most, a blinking caret none', () =>
    checkStillScreen(window));

  it('a closer look carries type of 8 px', () => checkCloserLook(window));

  it('what the model points at is framed, small and full size', () => checkPointing(window, 'panel'));

  it('scrolling code is sent once a second', () => checkScrolling(window));

  it('stopped by the button: nothing comes any more', async () => {
    await window.surface.getByRole('button', { name: 'Stop Sharing Screen' }).first().click();
    await checkStopped(window, 2_500);
  });

  it('stopped by the command', async () => {
    await window.share('screen');
    await untilSeen(window.surface, 'screen');
    await window.talk.command('Stop Sharing');
    await checkStopped(window, 1_500);
  });

  it('stopped by the browser, when the shared tab is closed', async () => {
    await window.share('screen');
    await untilSeen(window.surface, 'screen');
    await window.tab.page.close();
    await checkStopped(window, 1_500);
    await window.reopenTab();
  });

  it('stopped at any moment', () => checkRandomStops(window, 5));

  it('a camera, and the screen beside it', () => checkCameraAndScreen(window, 'panel'));

  it('the connection breaks: sharing goes on, and what is asked for meanwhile begins', () => checkReconnection(window));

  it('the model was told of all of it', () => checkTold(window));

  it('broke no content security policy', () => {
    assert.deepEqual(window.talk.window.complaints.violations(), []);
  });
});
