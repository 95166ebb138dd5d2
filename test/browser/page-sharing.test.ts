import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Locator } from 'playwright-core';
import { PageHost } from './page-host.ts';
import { launchChromium, openProfile, PageTab } from './page-tab.ts';
import type { PageVisit } from './page-visit.ts';
import { CAMERA_ON, share, shares, WINDOW_ON } from './preview/sharing-scenes.ts';

describe('A page that shares', () => {
  let browser: Browser;
  let host: PageHost;
  let profile: BrowserContext;
  let tab: PageTab;
  let visit: PageVisit;

  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());
  beforeEach(async () => {
    host = await PageHost.open();
    host.wanted = 'on';
    profile = await openProfile(browser, host);
    tab = await PageTab.open(profile, host.newAddress());
    visit = await host.untilJoined();
    await tab.untilSays('Microphone: Fake Default Audio Input');
  });
  afterEach(async () => {
    assert.deepEqual(tab.errors, []);
    assert.deepEqual(await tab.watch('violations'), []);
    await profile.close();
    await host.stop();
  });

  const captured = (): Locator => tab.page.getByRole('group', { name: 'Captured in this page' });
  const goBack = (): Locator => tab.page.getByText('You can go back to VS Code.');

  it('says what it captures, by name, at its foot and in its tab', async () => {
    visit.post(shares({ screen: share(WINDOW_ON), camera: share(CAMERA_ON) }));
    await captured().getByText('Window: Assembly instructions').waitFor();
    await captured().getByText('Camera: Desk camera').waitFor();
    assert.match(await tab.page.title(), /^🔴 ● Listening · /);
    assert.equal(
      await tab.watch('style', '.captured-share .codicon', 'color'),
      await tab.watch('style', '.sharing-marker .codicon', 'color'),
    );
    visit.post(shares());
    await captured().getByText('Window: Assembly instructions').waitFor({ state: 'hidden' });
    assert.match(await tab.page.title(), /^● Listening · /);
  });

  it('does not say that nothing is captured because the microphone is off', async () => {
    visit.post(shares({ camera: share(CAMERA_ON) }));
    visit.post({ type: 'session', session: { ...host.session, microphone: { kind: 'off' } } });
    await captured().getByText('Nothing is captured').waitFor({ state: 'hidden' });
    await captured().getByText('Camera: Desk camera').waitFor();
    visit.post(shares());
    await captured().getByText('Nothing is captured').waitFor();
  });

  it('claims nothing that is captured elsewhere', async () => {
    visit.post(shares({ screen: share(WINDOW_ON) }));
    await captured().getByText('Window: Assembly instructions').waitFor();
    visit.post({ type: 'roles', view: true, media: false });
    await captured().getByText('Nothing is captured').waitFor();
    assert.equal(await captured().getByText('Window').isVisible(), false);
    assert.doesNotMatch(await tab.page.title(), /🔴/);
  });

  it('sends nobody back to VS Code while a share waits for a click here', async () => {
    await goBack().waitFor();
    visit.post(shares({ screen: share({ kind: 'waiting' }) }));
    await tab.page.getByRole('button', { name: 'Click to choose what to share' }).waitFor();
    await goBack().waitFor({ state: 'hidden' });
    visit.post(shares({ screen: share(WINDOW_ON) }));
    await goBack().waitFor();
  });

  it('lets the camera be chosen by name once one was allowed, and VS Code remember it', async () => {
    const picker = tab.page.getByRole('combobox', { name: 'Camera' });
    // As a browser does before a camera was allowed; this one was started so that it asks nobody.
    await tab.page.evaluate(`(() => {
      const devices = navigator.mediaDevices;
      const all = devices.enumerateDevices.bind(devices);
      devices.enumerateDevices = async () => (await all()).filter(({ kind }) => kind !== 'videoinput');
      devices.dispatchEvent(new Event('devicechange'));
      globalThis.allowCamera = () => { devices.enumerateDevices = all; };
    })()`);
    await tab.page.locator('label').filter({ hasText: 'Camera' }).locator('select:disabled').waitFor();
    await tab.page.evaluate('allowCamera()');
    visit.post(shares({ camera: share(CAMERA_ON) }));
    await picker.selectOption('fake_device_0');
    await host.changes.until(() =>
      visit.received.find((message) => message.type === 'chooseDevice' && message.device === 'camera'),
    );
    assert.equal(host.devices.camera, 'fake_device_0');
    visit.post({ type: 'devices', microphone: '', loudspeaker: '', camera: 'Old Webcam' });
    await tab.untilSays('“Old Webcam” is not available, so the default camera is used.');
  });
});
