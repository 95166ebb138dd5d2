import assert from 'node:assert/strict';
import type { Browser, BrowserContext } from 'playwright-core';
import { PAGE_CLOSE } from '../../src/protocol/page-line.ts';
import { socketUrl } from '../../webview/channel/socket-url.ts';
import { PageHost } from './page-host.ts';
import { launchChromium, openProfile, PageTab } from './page-tab.ts';
import { startPrefixProxy } from './prefix-proxy.ts';

describe('The page joins', () => {
  let browser: Browser;
  let host: PageHost;
  let profile: BrowserContext;

  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());
  beforeEach(async () => {
    host = await PageHost.open();
    profile = await openProfile(browser, host);
  });
  afterEach(async () => {
    await profile.close();
    await host.stop();
    for (const visit of host.visits) assert.deepEqual(visit.complaints, [], 'the host would refuse a message');
  });

  it('by the token of its address, which is gone from the address at once, and says nothing before it is let in', async () => {
    const tab = await PageTab.open(profile, host.newAddress());
    const visit = await host.untilJoined();
    assert.equal(tab.page.url(), `http://127.0.0.1:${host.port}/`);
    assert.deepEqual(visit.lines.slice(0, 2), ['hello', 'message']);
    assert.deepEqual(visit.received[0], {
      type: 'join',
      surface: 'page',
      abilities: ['microphone', 'camera', 'display-capture', 'playback'],
    });
    await tab.page.getByRole('heading', { name: 'Talkthrough — shop' }).waitFor();
    await tab.page.goBack();
    assert.ok(!tab.page.url().includes('#'), 'the token is not in the history');
  });

  it('again by itself when it is reloaded, and captures again', async () => {
    host.wanted = 'on';
    const tab = await PageTab.open(profile, host.newAddress());
    await host.untilJoined();
    await tab.page.reload();
    const again = await host.untilJoined(2);
    assert.equal(again.lines[0], 'helloAgain');
    await host.changes.until(() => again.chunks[0]);
    assert.equal(host.visits[0]?.gone, true);
  });

  it('answers every question whether it lives', async () => {
    await PageTab.open(profile, host.newAddress());
    const visit = await host.untilJoined();
    await host.changes.until(() => (visit.pings >= 3 && visit.pongs === visit.pings ? true : undefined));
  });

  it('in a duplicated tab, which takes over; the first says so, lets the microphone go, and can take it back', async () => {
    host.wanted = 'on';
    const first = await PageTab.open(profile, host.newAddress());
    await first.watch('untilCapturing');
    // As browsers do: a tab opened by this one gets a copy of what is kept for it.
    const [second] = await Promise.all([
      profile.waitForEvent('page'),
      first.page.evaluate(`void window.open(location.href, '_blank')`),
    ]);
    await PageTab.of(second).watch('untilCapturing');
    await first.page.getByRole('heading', { name: 'Talkthrough is open in another tab' }).waitFor();
    await first.watch('untilNothingIsOpen');
    await first.press('Use it here');
    await PageTab.of(second).untilSays('Talkthrough is open in another tab');
    await first.watch('untilCapturing');
    await PageTab.of(second).watch('untilNothingIsOpen');
  });

  it('not with a token that was used, and says where to get another page', async () => {
    const address = host.newAddress();
    await PageTab.open(profile, address);
    await host.untilJoined();
    const other = await openProfile(browser, host);
    const late = await PageTab.open(other, address);
    await late.page.getByRole('heading', { name: 'Open the page again from VS Code' }).waitFor();
    await other.close();
  });

  it('not without token and secret: it does not even ask', async () => {
    const tab = await PageTab.open(profile, `http://127.0.0.1:${host.port}/`);
    await tab.untilSays('Open the page again from VS Code');
    assert.equal(host.visits.length, 0);
  });

  it('when a new address is opened in the tab of an old page', async () => {
    const tab = await PageTab.open(profile, host.newAddress());
    (await host.untilJoined()).close(PAGE_CLOSE.ended);
    await tab.untilSays('The session has ended');
    await tab.page.goto(host.newAddress());
    assert.equal((await host.untilJoined(2)).lines[0], 'hello');
  });

  it('behind a prefix, such as a remote window puts before its ports', async () => {
    const proxy = await startPrefixProxy(host.port);
    try {
      await host.stop();
      await host.start(proxy.address);
      host.wanted = 'on';
      const tab = await PageTab.open(profile, host.newAddress(proxy.address));
      const visit = await host.untilJoined();
      await tab.untilSays('Talkthrough — shop');
      assert.deepEqual(proxy.refused, [], 'nothing was asked for outside the prefix');
      assert.equal(visit.lines[0], 'hello');
    } finally {
      await proxy.stop();
    }
  });

  it('at an address that follows from its own', () => {
    assert.equal(socketUrl('http://127.0.0.1:5555/'), 'ws://127.0.0.1:5555/socket');
    assert.equal(socketUrl('https://name.example/proxy/5555/?x=1#t=abc'), 'wss://name.example/proxy/5555/socket');
  });

  it('with every file and style allowed by the policy that the server sends', async () => {
    const refused: string[] = [];
    const tab = await PageTab.open(profile, 'about:blank');
    tab.page.on('response', (response) => response.status() >= 400 && refused.push(response.url()));
    await tab.page.goto(host.newAddress());
    await host.untilJoined();
    await tab.page.evaluate('document.fonts.ready.then(() => undefined)');
    assert.deepEqual(refused, []);
    assert.deepEqual(await tab.watch('violations'), []);
    assert.deepEqual(tab.errors, []);
  });
});
