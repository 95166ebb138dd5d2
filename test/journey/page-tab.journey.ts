// What can happen to the page's tab, while a session runs: reloaded, duplicated, closed, crashed, asleep.
import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import type { ConnectionRecord } from '../live-server/index.ts';
import { onlyWaitsNow } from '../vscode-host/start-turn.ts';
import { statusBarItem } from './harness/status-bar.ts';
import { themeSettings } from './harness/themes.ts';
import { webviewFrame } from './harness/webview.ts';
import { eventually } from './product/eventually.ts';
import { openMicrophones, watchCaptures } from './product/open-captures.ts';
import { openPage } from './product/open-page.ts';
import { EXTENSION, Talkthrough } from './product/talkthrough.ts';

const STORY =
  'Once there was a shelf with three boards and nobody knew which board went on top, so they asked, and the answer was long, ' +
  'because a good answer begins with the wood, goes on with the glue, and comes to the screws only when the glue is dry.';

describe('journey: what can happen to the tab of the page', () => {
  let talk: Talkthrough;
  let page: Page;

  before(async () => {
    const story = { on: 'text', contains: 'story', reply: { say: STORY } } as const;
    talk = await Talkthrough.open({
      journey: 'page-tab',
      mediaDenied: true,
      server: { script: { connections: [], further: { steps: [story, story, story] } } },
    });
    await watchCaptures(talk.window.browser.context);
    await talk.startWithKey();
    page = await openPage(talk, 'Open Page');
    await statusBarItem(talk.window.page, /Listening/);
  });
  after(() => talk.close());

  const isHeard = async (): Promise<void> => {
    const before = firstRecord(talk).pcm16.length;
    await eventually('the page is heard', () => firstRecord(talk).pcm16.length > before + 8_000);
  };

  it('reloaded in mid-reply: it joins again by itself, and the reply goes on', async () => {
    await talk.type('Tell me a story.');
    await talk.entry('reply', /three boards/);
    await page.reload();
    await eventually('it captures again', async () => (await openMicrophones(page)) === 1);
    await isHeard();
    await talk.entry('reply', /glue is dry\.$/, 60_000);
    assert.equal(talk.server.records.length, 1, 'the session stayed');
  });

  it('duplicated: the second tab takes over, the first says so and lets go', async () => {
    const second = await talk.window.browser.context.newPage();
    const secret = await page.evaluate<string>('JSON.stringify({ ...sessionStorage })');
    // What a browser does when a tab is duplicated: the same address, a copy of the tab's storage.
    await second.addInitScript(`Object.assign(sessionStorage, ${secret})`);
    await second.goto(page.url());
    await page.getByText('open in another tab').waitFor();
    assert.equal(await openMicrophones(page), 0);
    await eventually('the second captures', async () => (await openMicrophones(second)) === 1);
    await isHeard();
    await talk.window.screenshots.take(page, 'superseded');
    await page.getByRole('button', { name: 'Use it here' }).click();
    await second.getByText('open in another tab').waitFor();
    await eventually('the first captures again', async () => (await openMicrophones(page)) === 1);
    await second.close();
    await isHeard();
  });

  it('closed: the session goes on with text, and the panel offers to open it again', async () => {
    await page.close();
    assert.match(await talk.problem('page-closed'), /was closed/);
    await talk.screenshot('page-closed');
    await talk.type('Another story, please.');
    await talk.entry('reply', /glue is dry\.$/);
    page = await openPage(talk, 'Reopen Page');
    await eventually(
      'it captures by itself: the permission was given',
      async () => (await openMicrophones(page)) === 1,
    );
    await isHeard();
    assert.equal(await talk.view.locator('.problem').count(), 0);
  });

  it('crashed: the panel says so, and a new page takes its place', async () => {
    const session = await talk.window.browser.context.newCDPSession(page);
    void session.send('Page.crash').catch(() => undefined);
    await talk.view
      .locator('.problem')
      .filter({ hasText: /closed|not responding/ })
      .first()
      .waitFor();
    page = await openPage(talk, 'Reopen Page');
    await isHeard();
  });

  it('wears the theme of VS Code, beside the panel', async () => {
    const settings = { 'talkthrough.baseUrl': talk.server.baseUrl };
    for (const theme of ['light', 'high contrast', 'high contrast light', 'dark'] as const) {
      await talk.window.workbench.setSettings({ ...settings, ...themeSettings(theme) });
      await page.locator(`body.vscode-${theme.replaceAll(' ', '-')}`).waitFor();
      const colour = (of: Page | Frame) =>
        of.evaluate<string>(
          'getComputedStyle(document.documentElement).getPropertyValue("--vscode-sideBar-background").trim()',
        );
      const panel = await webviewFrame(talk.window.page, EXTENSION);
      await eventually(
        `the page has the panel's colours in ${theme}`,
        async () => (await colour(page)) === (await colour(panel)),
      );
      await talk.screenshot(`panel-${theme}`);
      await talk.window.screenshots.take(page, `page-${theme}`);
    }
  });

  it('stopped for a minute, as by a laptop that sleeps: the panel says so at once; awake, it goes on by itself', async function () {
    if (process.platform !== 'linux') this.skip();
    await page.close();
    await talk.problem('page-closed');
    const others = await talk.window.browser.rendererPids();
    page = await openPage(talk, 'Reopen Page');
    await isHeard();
    const pids = (await talk.window.browser.rendererPids()).filter((pid) => !others.includes(pid));
    // One is the page's; another may stand by for the next.
    assert.ok(pids.length > 0, 'the page has a process of its own');
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    try {
      await talk.problem('page-silent');
      await talk.screenshot('page-silent');
      onlyWaitsNow();
      await eventually('a minute has passed', () => record60(), 70_000);
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    }
    await isHeard();
    await eventually('nothing is wrong any more', async () => (await talk.view.locator('.problem').count()) === 0);
    assert.equal(talk.server.records.length, 1, 'the session stayed');
  });
});

/** True from a minute after it was first asked. */
const record60 = (() => {
  let sinceMs: number | undefined;
  return () => performance.now() - (sinceMs ??= performance.now()) > 60_000;
})();

function firstRecord(talk: Talkthrough): ConnectionRecord {
  const [record] = talk.server.records;
  assert.ok(record);
  return record;
}
