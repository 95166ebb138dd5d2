import assert from 'node:assert/strict';
import type { Browser, BrowserContext } from 'playwright-core';
import { PAGE_CLOSE } from '../../src/protocol/page-line.ts';
import { Reconnection } from '../../webview/channel/reconnection.ts';
import { UplinkBacklog } from '../../webview/channel/uplink-backlog.ts';
import { PageHost } from './page-host.ts';
import { launchChromium, openProfile, PageTab } from './page-tab.ts';
import type { PageVisit } from './page-visit.ts';
import { rendererPids } from './renderer-processes.ts';

const NOTHING = { audioContexts: 0, liveTracks: 0 };

describe('A page that loses VS Code', () => {
  let browser: Browser;
  let host: PageHost;
  let profile: BrowserContext;
  let tab: PageTab;
  let visit: PageVisit;

  beforeEach(async () => {
    // Of its own for each: some of them stop its processes.
    browser = await launchChromium();
    host = await PageHost.open();
    host.wanted = 'on';
    profile = await openProfile(browser, host);
    tab = await PageTab.open(profile, host.newAddress());
    visit = await host.untilJoined();
    await host.changes.until(() => visit.chunks[0]);
  });
  afterEach(async () => {
    await browser.close();
    await host.stop();
  });

  /** Settles when the page has joined for the `count`th time and sends sound. */
  async function untilHeardAgain(count: number): Promise<PageVisit> {
    const again = await host.untilJoined(count);
    await host.changes.until(() => again.chunks[0]);
    return again;
  }

  it('because the session has ended: a quiet end screen, and nothing is captured', async () => {
    visit.close(PAGE_CLOSE.ended);
    await tab.page.getByRole('heading', { name: 'The session has ended' }).waitFor();
    await tab.untilSays('You can close this tab.');
    await tab.watch('untilNothingIsOpen');
    assert.match(await tab.page.title(), /^○ Ended · Talkthrough — shop$/);
    assert.equal(await tab.page.getByRole('button').count(), 0);
  });

  it('because the line was cut: lets everything go at once, says so, and is back when VS Code is', async () => {
    await host.stop();
    await tab.untilSays('The connection to VS Code was lost.');
    await tab.watch('untilNothingIsOpen');
    assert.ok(await tab.page.getByText('Nothing is captured', { exact: true }).isVisible());
    assert.equal(await tab.page.locator('.status').isVisible(), false, 'it no longer says that it listens');
    await host.start();
    const again = await untilHeardAgain(2);
    assert.equal(again.lines[0], 'helloAgain');
    assert.equal(again.chunks[0]?.sequence, 0);
    await tab.page.getByText('Microphone: Fake Default Audio Input').waitFor();
    assert.equal(await tab.page.getByText('The connection to VS Code was lost.').isVisible(), false);
  });

  it('because the host fell silent on a line that stands: lets go, and joins anew', async () => {
    const captured = tab.watch('untilNothingIsOpen');
    visit.fallSilent();
    await captured;
    await untilHeardAgain(2);
  });

  it('falls silent itself when it is muted and the host is gone, with no sound to tell the time by', async () => {
    visit.post({ type: 'microphone', wanted: 'off', processing: false, attempt: 0 });
    await host.changes.until(() => (visit.microphone.at(-1) === 'off' ? true : undefined));
    visit.fallSilent();
    await host.untilJoined(2);
  });

  it('because the computer slept: notices when it wakes, and comes back by itself', async function () {
    if (process.platform !== 'linux') this.skip();
    const pids = await rendererPids(browser);
    const askedBefore = visit.pings;
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    try {
      // Three seconds by the host's clock.
      await host.changes.until(() => (visit.pings > askedBefore + 12 ? true : undefined));
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    }
    const again = await untilHeardAgain(2);
    assert.equal(again.lines[0], 'helloAgain');
    await host.changes.until(() => (again.chunks.length > 25 ? true : undefined));
    assert.equal(host.visits.length, 2, 'the new line holds');
  });

  it('once for what it said itself: tries again, then says that it is refused', async () => {
    visit.close(PAGE_CLOSE.misbehaved);
    const again = await host.untilJoined(2);
    again.close(PAGE_CLOSE.misbehaved);
    await tab.page.getByRole('heading', { name: 'VS Code rejected what this page sent' }).waitFor();
    assert.deepEqual(await tab.watch('openResources'), NOTHING);
    await tab.press('Try again');
    await untilHeardAgain(3);
  });

  it('because VS Code was restarted: says where to get another page', async () => {
    host.forgetPages();
    visit.cut();
    await tab.page.getByRole('heading', { name: 'Open the page again from VS Code' }).waitFor();
    assert.deepEqual(await tab.watch('openResources'), NOTHING);
  });

  it('is closed: the host knows at once', async () => {
    await tab.page.close();
    await host.changes.until(() => (visit.gone ? true : undefined));
  });
});

describe('A page that cannot reach VS Code', () => {
  let browser: Browser;
  let host: PageHost;

  before(async () => {
    browser = await launchChromium();
    host = await PageHost.open();
  });
  after(async () => {
    await browser.close();
    await host.stop();
  });

  it('gives up after a minute, says so, and tries again when asked', async () => {
    const profile = await openProfile(browser, host);
    const tab = await PageTab.open(profile, 'about:blank');
    await tab.page.clock.install();
    await tab.page.goto(host.newAddress());
    await host.untilJoined();
    await host.stop();
    const screen = tab.page.getByRole('heading', { name: 'VS Code cannot be reached' });
    await tab.untilSays('The connection to VS Code was lost.');
    // The page's clock runs ahead; every attempt is a real one.
    while (!(await screen.isVisible())) await tab.page.clock.runFor(2_000);
    await host.start();
    await tab.press('Try again');
    await host.untilJoined(2);
  });

  it('tries quickly at first, then every 2 s, and for about a minute', () => {
    const delays: number[] = [];
    const reconnection = new Reconnection();
    for (let delay = reconnection.next(0); delay !== undefined; delay = reconnection.next(0)) delays.push(delay);
    assert.deepEqual(delays.slice(0, 5), [250, 500, 1_000, 2_000, 2_000]);
    assert.ok(delays.reduce((sum, delay) => sum + delay, 0) > 55_000);
    reconnection.reset();
    assert.equal(reconnection.next(0), 250);
  });

  it('counts a night of sleep as one attempt', () => {
    const reconnection = new Reconnection();
    assert.notEqual(reconnection.next(8 * 3_600_000), undefined);
  });

  it('drops microphone sound that waits for more than a second, and says how much', () => {
    const said: string[] = [];
    const backlog = new UplinkBacklog((sentence) => said.push(sentence));
    assert.deepEqual(
      [0, 32_000, 32_001, 40_000, 31_000].map((bytes) => backlog.admits(bytes, 20)),
      [true, true, false, false, true],
    );
    assert.match(said.join(' '), /being dropped\..*40 ms/);
  });
});
