import assert from 'node:assert/strict';
import type { Browser, BrowserContext } from 'playwright-core';
import { PageHost } from './page-host.ts';
import { launchChromium, openProfile, PageTab } from './page-tab.ts';
import type { PageVisit } from './page-visit.ts';

describe('A page that was never allowed the microphone', () => {
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
    profile = await openProfile(browser, host, 'prompt');
    tab = await PageTab.open(profile, host.newAddress());
    visit = await host.untilJoined();
    await host.changes.until(() => visit.microphone[0]);
  });
  afterEach(async () => {
    await profile.close();
    await host.stop();
  });

  it('waits for a click before the browser asks, and tells VS Code so', async () => {
    assert.deepEqual(visit.microphone, ['waiting']);
    assert.equal(await tab.watch('timesAskedForMicrophone'), 0);
    assert.match(await tab.page.title(), /^◌ Waiting for a click/);
    assert.equal(await tab.page.getByText('You can go back').isVisible(), false);
  });

  it('opens microphone and loudspeaker by one click, then sends the person back', async () => {
    await tab.press('Use microphone');
    await host.changes.until(() => visit.chunks[0]);
    visit.post({ type: 'audio', reply: 1, pcm16: new Uint8Array(24_000) });
    visit.post({ type: 'audioEnd', reply: 1 });
    await host.changes.until(() =>
      visit.received.find((message) => message.type === 'played' && message.playedSamples === 12_000),
    );
    assert.ok(!visit.received.some((message) => message.type === 'speakerLocked' && message.locked));
    await tab.untilSays('You can go back to VS Code.');
    await tab.page.getByText('Talk with this page open').waitFor({ state: 'hidden' });
    assert.match(await tab.page.title(), /^● Listening/);
  });

  it('is not asked twice: after a loss it captures again without a click', async () => {
    await tab.press('Use microphone');
    await host.changes.until(() => visit.chunks[0]);
    visit.cut();
    const again = await host.untilJoined(2);
    await host.changes.until(() => again.chunks[0]);
    assert.ok(!again.microphone.includes('waiting'));
  });

  it('can be typed in instead, and be heard later', async () => {
    await tab.press('Type only');
    await tab.page.getByRole('textbox', { name: 'Message' }).fill('Hello');
    await tab.page.keyboard.press('Enter');
    await host.changes.until(() =>
      visit.received.find((message) => message.type === 'intent' && message.intent.kind === 'type'),
    );
    assert.equal(await tab.watch('timesAskedForMicrophone'), 0);
    await tab.press('Click to be heard');
    await host.changes.until(() => visit.chunks[0]);
  });

  it('waits no more when the microphone is not wanted any more', async () => {
    visit.post({ type: 'microphone', wanted: 'off', processing: false, attempt: 0 });
    await host.changes.until(() => (visit.microphone.at(-1) === 'off' ? true : undefined));
    await tab.page.getByText('Talk with this page open').waitFor({ state: 'hidden' });
  });

  it('begins by itself when the person allows it in the browser', async () => {
    await profile.grantPermissions(['microphone'], { origin: `http://127.0.0.1:${host.port}` });
    await host.changes.until(() => visit.chunks[0]);
  });
});
