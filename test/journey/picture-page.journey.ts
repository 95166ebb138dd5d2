// Where VS Code lets its panel capture nothing, as on the desktop: the page in the person's browser shares. What it sends of
// what stands still or scrolls, how well it can be read, and stops at any moment are measured with the page in test/browser
// (picture-sharing, picture-sources, picture-stops), and with VS Code in picture.journey.
import assert from 'node:assert/strict';
import { checkCameraAndScreen, checkCloserLook, checkPointing, checkStopped } from './product/sharing-checks.ts';
import { SharingWindow } from './product/sharing-window.ts';
import { card, untilSeen } from './product/sights.ts';

describe('journey: picture, in the page', () => {
  let window: SharingWindow;
  before(async () => {
    window = await SharingWindow.open('picture-page', true);
  });
  after(() => window.close());

  it('shared from VS Code: the page opens, asks for its click, and the panel shows what it sees', async () => {
    const { talk } = window;
    const opened = talk.window.browser.context.waitForEvent('page');
    await talk.command('Share Screen…');
    await talk.enterKey();
    window.page = await opened;
    await window.untilOn('screen');
    await window.untilWhole();
    await untilSeen(talk.view, 'screen');
    await untilSeen(window.page, 'screen');
    for (const surface of [talk.view, window.page]) {
      await card(surface, 'screen')
        .locator('.picture-facts')
        .first()
        .filter({ hasText: /1920 × 1080 px\s*\d+ kB/ })
        .waitFor();
    }
    await talk.screenshot('panel-follows');
    await talk.window.screenshots.take(window.page, 'page-shares');
    assert.equal(await window.captured(), 1);
    // From here on the page is behind VS Code, as it is while the person works.
    await talk.window.page.bringToFront();
  });

  it('a closer look carries type of 8 px', () => checkCloserLook(window));

  it('what the model points at is framed, small and full size', () => checkPointing(window, 'page'));

  it('stopped by the button in the page: nothing comes any more', async () => {
    await window.surface.getByRole('button', { name: 'Stop Sharing Screen' }).first().click();
    await checkStopped(window, 2_500);
  });

  it('stopped from the panel', async () => {
    await window.share('screen');
    await untilSeen(window.surface, 'screen');
    await card(window.talk.view, 'screen').getByRole('button', { name: 'Stop Sharing Screen' }).click();
    await checkStopped(window, 1_500);
  });

  it('stopped by the browser, when the shared tab is closed', async () => {
    await window.share('screen');
    await untilSeen(window.surface, 'screen');
    await window.tab.page.close();
    await checkStopped(window, 1_500);
    await window.reopenTab();
  });

  it('a camera, and the screen beside it', () => checkCameraAndScreen(window, 'page'));

  it('the page is closed: nothing is shared any more, and nobody says otherwise', async () => {
    const { talk } = window;
    await window.page?.close();
    window.page = undefined;
    await talk.problem('page-closed');
    await talk.view.locator('.sharing-marker').waitFor({ state: 'hidden' });
    await talk.entry('notice', /Your screen is no longer shared/);
    await talk.entry('notice', /Your camera is no longer shared/);
    await talk.screenshot('page-closed');
  });

  it('broke no content security policy', () => {
    assert.deepEqual(window.talk.window.complaints.violations(), []);
  });
});
