import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import type { ThemeKind, ThemeMessage, ToSurface } from '../../src/protocol/messages.ts';
import { PAGE_CLOSE } from '../../src/protocol/page-line.ts';
import { PageHost } from './page-host.ts';
import type { ThemeFixture } from './page-scripts/webview-host-api.ts';
import { launchChromium, openProfile, PageTab } from './page-tab.ts';
import type { PageVisit } from './page-visit.ts';
import { SCENES } from './preview/scenes.ts';
import { sharingScenes } from './preview/sharing-scenes.ts';

const THEMES: Readonly<Record<ThemeKind, string>> = {
  dark: 'dark-modern',
  light: 'light-modern',
  'high-contrast': 'high-contrast-dark',
  'high-contrast-light': 'high-contrast-light',
};

/** Pictures of what the tests saw, to be looked at. */
const PICTURES = join(import.meta.dirname, '..', '..', 'out', 'page');

describe('The look of the page', () => {
  let browser: Browser;
  let sharing: Readonly<Record<string, readonly ToSurface[]>>;
  let host: PageHost;
  let profile: BrowserContext | undefined;

  before(async () => {
    await mkdir(PICTURES, { recursive: true });
    browser = await launchChromium();
    sharing = await sharingScenes(browser);
  });
  after(() => browser.close());
  beforeEach(async () => {
    host = await PageHost.open();
    host.wanted = 'on';
  });
  afterEach(async () => {
    await profile?.close();
    await host.stop();
  });

  async function open(
    microphone: 'granted' | 'prompt',
    options: BrowserContextOptions = {},
  ): Promise<{ tab: PageTab; visit: PageVisit }> {
    profile = await openProfile(browser, host, microphone, options);
    const tab = await PageTab.open(profile, host.newAddress());
    const visit = await host.untilJoined();
    await host.changes.until(() => visit.microphone.find((kind) => kind === 'on' || kind === 'waiting'));
    return { tab, visit };
  }

  const picture = (tab: PageTab, name: string): Promise<Buffer> =>
    tab.page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' });

  function showTalk(visit: PageVisit): void {
    for (const message of SCENES['speaking'] ?? []) if (message.type === 'conversation') visit.post(message);
  }

  function showShares(visit: PageVisit): void {
    for (const message of sharing['sharing all'] ?? []) {
      if (message.type === 'shares' || message.type === 'sentPicture' || message.type === 'pointing')
        visit.post(message);
    }
  }

  for (const [kind, name] of Object.entries(THEMES)) {
    it(`is VS Code's: ${name}`, async () => {
      const theme = await readTheme(name);
      assert.equal(theme.kind, kind);
      host.greeting = [...host.greeting, theme];
      const { tab, visit } = await open('granted', { colorScheme: kind.includes('light') ? 'dark' : 'light' });
      showTalk(visit);
      await tab.untilSays('fifty-four');
      await tab.untilSays('Microphone: Fake Default Audio Input');
      showShares(visit);
      await tab.page.getByAltText('Last picture sent of Camera: Desk camera').waitFor();
      assert.equal(
        await tab.watch('style', '.page', 'background-color'),
        await tab.page.evaluate(computedColour(theme.variables['--vscode-sideBar-background'] ?? '')),
      );
      assert.ok((await tab.page.locator(`body.vscode-${kind}`).count()) === 1);
      assert.deepEqual(await tab.watch('violations'), []);
      await picture(tab, name);
    });
  }

  it('changes with VS Code, and forgets what the new theme has not', async () => {
    const { tab, visit } = await open('granted');
    visit.post(await readTheme('high-contrast-light'));
    await tab.page.locator('body.vscode-high-contrast-light.vscode-high-contrast').waitFor();
    visit.post({ type: 'theme', kind: 'dark', variables: { '--vscode-sideBar-background': '#123456' } });
    await tab.page.locator('body.vscode-dark:not(.vscode-high-contrast)').waitFor();
    assert.equal(await tab.watch('style', '.page', 'background-color'), 'rgb(18, 52, 86)');
    assert.equal(await tab.watch('style', 'html', '--vscode-contrastBorder'), '');
  });

  for (const colorScheme of ['dark', 'light'] as const) {
    it(`is plain and ${colorScheme}, as the browser is, before VS Code has said anything`, async () => {
      const { tab } = await open('prompt', { colorScheme });
      const expected = colorScheme === 'dark' ? 'rgb(24, 24, 24)' : 'rgb(248, 248, 248)';
      assert.equal(await tab.watch('style', '.page', 'background-color'), expected);
      await picture(tab, `first-click-${colorScheme}`);
    });
  }

  it('yields to the colours that a person forces on every page', async () => {
    const { tab, visit } = await open('granted', { forcedColors: 'active' });
    visit.post(await readTheme('dark-modern'));
    showTalk(visit);
    showShares(visit);
    await tab.untilSays('fifty-four');
    assert.notEqual(await tab.watch('style', '.page', 'background-color'), 'rgb(24, 24, 24)');
    await picture(tab, 'forced-colours');
  });

  it('fits a narrow window, whatever it shows', async () => {
    host.devices = { microphone: 'A Remarkably Long-Winded Conference Microphone (Rev. 7)', loudspeaker: '' };
    host.greeting = [{ type: 'workspaceName', workspace: 'a-workspace-with-a-name-that-goes-on-and-on-and-on' }];
    const { tab, visit } = await open('granted', { viewport: { width: 360, height: 640 } });
    showTalk(visit);
    await tab.untilSays('fifty-four');
    await tab.untilSays('is not available');
    showShares(visit);
    await tab.page.getByAltText('Last picture sent of Camera: Desk camera').waitFor();
    assert.deepEqual(await tab.watch('overflowing'), []);
    await picture(tab, 'narrow');
    visit.close(PAGE_CLOSE.superseded);
    await tab.untilSays('Talkthrough is open in another tab');
    assert.deepEqual(await tab.watch('overflowing'), []);
    await picture(tab, 'narrow-superseded');
  });

  it('has a name for everything that can be used', async () => {
    const { tab, visit } = await open('prompt');
    assert.deepEqual(await tab.watch('controlsWithoutName'), []);
    await tab.press('Use microphone');
    await host.changes.until(() => visit.chunks[0]);
    assert.deepEqual(await tab.watch('controlsWithoutName'), []);
    assert.equal(await tab.page.getByRole('heading', { level: 1 }).count(), 1);
    await tab.page.getByRole('main').waitFor();
    await tab.page.getByRole('group', { name: 'Captured in this page' }).waitFor();
  });

  it('is walked through by Tab, and nothing behind the first screen is reached', async () => {
    const { tab } = await open('prompt');
    const names: string[] = [];
    for (let step = 0; step < 3; step += 1) {
      await tab.page.keyboard.press('Tab');
      names.push(await tab.watch('focusedName'));
    }
    assert.deepEqual(names.slice(0, 2), ['Use microphone', 'Type only']);
    assert.notEqual(names[2], 'Message');
  });

  it('says at once that the line is lost, in the place of what is no longer known', async () => {
    const { tab, visit } = await open('granted');
    showTalk(visit);
    await tab.untilSays('fifty-four');
    await host.stop();
    await tab.untilSays('The connection to VS Code was lost.');
    await picture(tab, 'lost');
  });
});

async function readTheme(name: string): Promise<ThemeMessage> {
  const file = join(import.meta.dirname, 'preview', 'themes', `${name}.json`);
  const { kind, variables } = JSON.parse(await readFile(file, 'utf8')) as ThemeFixture; // written by hand
  // The fixtures name the kind as VS Code's body class does; the test above compares it with the protocol's.
  return { type: 'theme', kind: kind.replace('vscode-', '') as ThemeKind, variables };
}

/** What the browser makes of a colour. */
function computedColour(colour: string): string {
  return `(() => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = ${JSON.stringify(colour)};
    const computed = getComputedStyle(probe).color;
    probe.remove();
    return computed;
  })()`;
}
