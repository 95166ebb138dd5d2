import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Locator } from 'playwright-core';
import { PageHost } from './page-host.ts';
import { launchChromium, openProfile, PageTab } from './page-tab.ts';
import type { PageVisit } from './page-visit.ts';

describe('The devices of the page', () => {
  let browser: Browser;
  let host: PageHost;
  let profile: BrowserContext;
  let tab: PageTab;

  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());
  beforeEach(async () => {
    host = await PageHost.open();
    host.wanted = 'on';
    profile = await openProfile(browser, host);
  });
  afterEach(async () => {
    assert.deepEqual(tab.errors, []);
    await profile.close();
    await host.stop();
  });

  async function join(): Promise<PageVisit> {
    tab = await PageTab.open(profile, host.newAddress());
    return host.untilJoined();
  }

  const picker = (name: string): Locator => tab.page.getByRole('combobox', { name });
  const labels = (visit: PageVisit): readonly string[] =>
    visit.received.flatMap((message) =>
      message.type === 'microphoneState' && message.state.kind === 'on' ? [message.state.label] : [],
    );
  const untilMicrophone = (visit: PageVisit, label: string): Promise<boolean> =>
    host.changes.until(() => (labels(visit).at(-1) === label ? true : undefined));

  it('can be chosen by name: the microphone that is heard changes, and VS Code is told to remember it', async () => {
    const visit = await join();
    await untilMicrophone(visit, 'Fake Default Audio Input');
    await picker('Microphone').selectOption('Fake Audio Input 2');
    await untilMicrophone(visit, 'Fake Audio Input 2');
    assert.deepEqual(
      visit.received.find(({ type }) => type === 'chooseDevice'),
      { type: 'chooseDevice', device: 'microphone', label: 'Fake Audio Input 2' },
    );
    await tab.untilSays('Microphone: Fake Audio Input 2');
    await picker('Microphone').selectOption('System default');
    await untilMicrophone(visit, 'Fake Default Audio Input');
  });

  it('are the remembered ones from the start: no other microphone is opened first', async () => {
    host.devices = { microphone: 'Fake Audio Input 2', loudspeaker: 'Fake Audio Output 1' };
    const visit = await join();
    await untilMicrophone(visit, 'Fake Audio Input 2');
    assert.deepEqual(labels(visit), ['Fake Audio Input 2']);
    assert.equal(await picker('Microphone').inputValue(), 'Fake Audio Input 2');
    await tab.watch('untilSoundsOn', 'Fake Audio Output 1');
  });

  it('sound where the person chose, as soon as they choose', async () => {
    const visit = await join();
    await untilMicrophone(visit, 'Fake Default Audio Input');
    await picker('Loudspeaker').selectOption('Fake Audio Output 2');
    await tab.watch('untilSoundsOn', 'Fake Audio Output 2');
    await picker('Loudspeaker').selectOption('System default');
    await tab.watch('untilSoundsOn', '');
  });

  it('fall back to the default when the remembered one is not there, say so, and return to it when it is', async () => {
    host.devices = { microphone: 'Fake Audio Input 1', loudspeaker: 'Old Speakers' };
    await profile.addInitScript(
      `addEventListener('DOMContentLoaded', () => pageWatch.setConnected('Fake Audio Input 1', false))`,
    );
    const visit = await join();
    await untilMicrophone(visit, 'Fake Default Audio Input');
    const notice = (what: string): Locator => tab.page.getByRole('status').filter({ hasText: what });
    await notice('“Fake Audio Input 1” is not available, so the default microphone is used.').waitFor();
    await notice('“Old Speakers” is not available, so the default loudspeaker is used.').waitFor();
    assert.ok(await picker('Microphone').getByText('Fake Audio Input 1 (not connected)').isEnabled());
    await tab.watch('setConnected', 'Fake Audio Input 1', true);
    await untilMicrophone(visit, 'Fake Audio Input 1');
    await notice('default microphone is used').waitFor({ state: 'hidden' });
  });
});
