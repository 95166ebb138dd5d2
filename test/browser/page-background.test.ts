import assert from 'node:assert/strict';
import { type Browser, type CDPSession, launch, type Page } from 'puppeteer-core';
import { findChromium } from '../vscode-host/chromium.ts';
import { PageHost } from './page-host.ts';
import { watchScript } from './page-tab.ts';
import type { PageVisit } from './page-visit.ts';

const FAKE_MICROPHONE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** Not by playwright, which keeps every tab in front. */
describe('The page behind another tab', () => {
  let browser: Browser;
  let host: PageHost;
  let page: Page;
  let devtools: CDPSession;
  let visit: PageVisit;

  beforeEach(async () => {
    browser = await launch({
      executablePath: findChromium((line) => console.log(line)),
      headless: true,
      args: ['--no-sandbox', '--disable-gpu', ...FAKE_MICROPHONE],
    });
    host = await PageHost.open();
    host.wanted = 'on';
    page = await browser.newPage();
    await page.evaluateOnNewDocument(await watchScript());
    await page.goto(host.newAddress());
    visit = await host.untilJoined();
    await host.changes.until(() => visit.chunks[0]);
    const other = await browser.newPage();
    await other.bringToFront();
    assert.equal(await page.evaluate('document.visibilityState'), 'hidden');
    devtools = await page.createCDPSession();
  });
  afterEach(async () => {
    await browser.close();
    await host.stop();
  });

  it('goes on capturing, answering and playing', async () => {
    const [chunks, pongs] = [visit.chunks.length, visit.pongs];
    visit.post({ type: 'audio', reply: 1, pcm16: new Uint8Array(96_000) });
    visit.post({ type: 'audioEnd', reply: 1 });
    await host.changes.until(() =>
      visit.received.find((message) => message.type === 'played' && message.playedSamples === 48_000),
    );
    assert.ok(visit.chunks.length - chunks > 75, `${visit.chunks.length - chunks} chunks in two seconds`);
    assert.ok(visit.pongs - pongs >= 6, `${visit.pongs - pongs} answers in two seconds`);
    assert.deepEqual(
      visit.chunks.map(({ sequence }) => sequence),
      visit.chunks.map((_, index) => index),
    );
  });

  it('lets go at once when the host falls silent, and joins anew', async () => {
    visit.fallSilent();
    const again = await host.untilJoined(2);
    await host.changes.until(() => again.chunks[0]);
  });

  it('captures nothing while the browser has frozen it, and comes back by itself', async () => {
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    await host.changes.until(() => (visit.gone ? true : undefined));
    await devtools.send('Page.setWebLifecycleState', { state: 'active' });
    const again = await host.untilJoined(2);
    await host.changes.until(() => again.chunks[0]);
    assert.equal(again.lines[0], 'helloAgain');
  });
});
