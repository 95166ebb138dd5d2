import assert from 'node:assert/strict';
import type { Browser, Page } from 'puppeteer-core';
import type { PlayedMessage } from '../../src/protocol/messages.ts';
import { launchFirefox } from './firefox.ts';
import { PageHost } from './page-host.ts';
import type { PageVisit } from './page-visit.ts';
import { type SoundServer, startSoundServer } from './sound-server.ts';
import { joinPcm16, toneShare } from './tone.ts';

/** What Firefox's own fake microphone hums. */
const TONE_HZ = 1_000;
const RATE_HZ = 16_000;
const WINDOW = RATE_HZ / 10;
const REPLY_RATE_HZ = 24_000;

describe('The page in Firefox', function () {
  this.timeout(120_000);
  let sound: SoundServer;
  let browser: Browser;
  let host: PageHost;
  let page: Page;
  let visit: PageVisit;
  let asked = 0;
  const refused: string[] = [];

  before(async () => {
    sound = await startSoundServer();
    browser = await launchFirefox(sound);
  });
  after(async () => {
    await browser.close();
    await sound.stop();
  });
  beforeEach(async () => {
    host = await PageHost.open();
    host.wanted = 'on';
    page = await browser.newPage();
    asked = 0;
    refused.length = 0;
    page.on('pageerror', (error) => refused.push(String(error)));
    await page.exposeFunction('policyRefused', (what: string) => void refused.push(what));
    await page.exposeFunction('microphoneAsked', () => {
      asked += 1;
    });
    await page.evaluateOnNewDocument(`
      const ask = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
      addEventListener('securitypolicyviolation', (event) => policyRefused(event.violatedDirective + event.blockedURI));
      if (ask) navigator.mediaDevices.getUserMedia = (wish) => (void microphoneAsked(), ask(wish));
    `);
    await page.goto(host.newAddress());
    visit = await host.untilJoined();
    await host.changes.until(() => visit.microphone[0]);
  });
  afterEach(async () => {
    assert.deepEqual(visit.complaints, [], 'the host would refuse a message');
    assert.deepEqual(refused, [], 'an error, or something that the content security policy forbids');
    await page.close();
    await host.stop();
  });

  async function useMicrophone(): Promise<void> {
    const button = await page.waitForSelector('.first-click .big', { visible: true });
    await button?.click();
    await host.changes.until(() => visit.chunks[0]);
  }

  const played = (reply: number): readonly PlayedMessage[] =>
    visit.received.filter((message) => message.type === 'played').filter((message) => message.reply === reply);

  function say(reply: number, seconds: number): void {
    for (let part = 0; part < seconds; part += 1) {
      visit.post({ type: 'audio', reply, pcm16: new Uint8Array(2 * REPLY_RATE_HZ).fill(part) });
    }
    visit.post({ type: 'audioEnd', reply });
  }

  it('asks for the microphone on a click and not before', async () => {
    assert.deepEqual(visit.microphone, ['waiting']);
    assert.equal(asked, 0);
    await useMicrophone();
    assert.equal(asked, 1);
    assert.deepEqual(visit.microphone, ['waiting', 'starting', 'on']);
  });

  it("wears VS Code's theme", async () => {
    const variables = { '--vscode-sideBar-background': '#123456', '--vscode-font-size': '13px' };
    visit.post({ type: 'theme', kind: 'high-contrast', variables });
    await page.waitForSelector('body.vscode-high-contrast');
    const background = await page.evaluate(`getComputedStyle(document.querySelector('.page')).backgroundColor`);
    assert.equal(background, 'rgb(18, 52, 86)');
  });

  it('delivers the microphone in 20 ms chunks of 16 kHz, none missing, at the right pace', async () => {
    await useMicrophone();
    const chunks = await host.changes.until(() =>
      visit.chunks.length >= 150 ? visit.chunks.slice(0, 150) : undefined,
    );
    assert.deepEqual(
      chunks.map(({ sequence }) => sequence),
      chunks.map((_, index) => index),
    );
    assert.ok(chunks.every(({ pcm16 }) => pcm16.byteLength === 640));
    // The tone is the clock: at a wrong rate it would have another pitch, with a piece missing another phase.
    const heard = joinPcm16(chunks.map(({ pcm16 }) => pcm16)).subarray(2 * WINDOW);
    const shares: number[] = [];
    for (let at = 0; at + WINDOW <= heard.length; at += WINDOW) {
      shares.push(toneShare(heard.subarray(at, at + WINDOW), TONE_HZ, RATE_HZ));
    }
    const broken = shares.filter((share) => share < 0.98);
    assert.ok(
      broken.length <= 1,
      `of ${shares.length} windows ${broken.length} are not the tone: ${broken.join(', ')}`,
    );
  });

  it('plays a reply to its end and reports all of it as played', async () => {
    await useMicrophone();
    say(1, 1);
    await host.changes.until(() => played(1).find(({ playedSamples }) => playedSamples === REPLY_RATE_HZ));
    assert.ok(!visit.received.some(({ type }) => type === 'speakerFailed'));
  });

  it('falls silent when interrupted, and plays what comes after from its first sample', async () => {
    await useMicrophone();
    say(1, 20);
    await host.changes.until(() => played(1).find(({ playedSamples }) => playedSamples > 0));
    visit.post({ type: 'flush', throughReply: 1 });
    say(2, 1);
    await host.changes.until(() => played(2).find(({ playedSamples }) => playedSamples === REPLY_RATE_HZ));
    const heardOfFirst = played(1).at(-1)?.playedSamples ?? 0;
    assert.ok(heardOfFirst < 10 * REPLY_RATE_HZ, `${heardOfFirst} samples of the dead reply were played`);
  });

  it('lets the microphone go when the line is cut, and captures again without another click', async () => {
    await useMicrophone();
    visit.cut();
    const again = await host.untilJoined(2);
    await host.changes.until(() => again.chunks[0]);
    assert.ok(!again.microphone.includes('waiting'));
    assert.equal(again.chunks[0]?.sequence, 0);
  });
});
