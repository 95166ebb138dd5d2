import assert from 'node:assert/strict';
import { type Browser, launch, type Page } from 'puppeteer-core';
import type { FrameMessage, FromSurface, ToSurface } from '../../src/protocol/messages.ts';
import type { ShareSource, ShareState } from '../../src/protocol/picture.ts';
import { findFirefox } from './firefox.ts';
import { PageHost } from './page-host.ts';
import type { PageVisit } from './page-visit.ts';

/**
 * Starts a Firefox with a fake camera, in which a person says yes to everything: to the camera and to the whole screen.
 * The caller closes it.
 *
 * @param display the environment of the screen that its windows are on; without one it has neither windows nor a screen
 */
export function launchSharingFirefox(display?: Readonly<Record<string, string>>): Promise<Browser> {
  return launch({
    browser: 'firefox',
    executablePath: findFirefox(),
    headless: display === undefined,
    env: { ...process.env, ...display },
    extraPrefsFirefox: { 'media.navigator.streams.fake': true, 'media.navigator.permission.disabled': true },
  });
}

/** The page in Firefox, with a host that notes what it is sent. */
export class FirefoxStage {
  readonly host: PageHost;
  readonly page: Page;
  readonly visit: PageVisit;
  #epoch = 0;

  private constructor(host: PageHost, page: Page, visit: PageVisit) {
    this.host = host;
    this.page = page;
    this.visit = visit;
  }

  static async open(browser: Browser): Promise<FirefoxStage> {
    const host = await PageHost.open();
    const page = await browser.newPage();
    await page.goto(host.newAddress());
    const visit = await host.untilJoined();
    visit.post({ type: 'captureSettings', detail: 'medium', focus: 'screen', personSpeaks: false });
    return new FirefoxStage(host, page, visit);
  }

  get received(): readonly FromSurface[] {
    return this.visit.received;
  }

  post(message: ToSurface): void {
    this.visit.post(message);
  }

  /** Wants it shared or not, and returns the epoch. */
  want(source: ShareSource, wanted = true): number {
    this.#epoch += 1;
    this.post({ type: 'share', source, wanted, epoch: this.#epoch, device: '' });
    return this.#epoch;
  }

  /** A click on nothing in particular, which is what `waiting` waits for once the host has passed it on. */
  async allow(source: ShareSource): Promise<number> {
    await this.page.click('body');
    return this.want(source);
  }

  untilState<Kind extends ShareState['kind']>(epoch: number, kind: Kind): Promise<Extract<ShareState, { kind: Kind }>> {
    const isOfKind = (state: ShareState): state is Extract<ShareState, { kind: Kind }> => state.kind === kind;
    return this.host.changes.until(() => {
      for (const message of this.received) {
        if (message.type === 'shareState' && message.epoch === epoch && isOfKind(message.state)) return message.state;
      }
      return undefined;
    });
  }

  frames(epoch: number): readonly FrameMessage[] {
    return this.received.filter((message) => message.type === 'frame').filter((frame) => frame.epoch === epoch);
  }

  untilFrames(epoch: number, count: number): Promise<readonly FrameMessage[]> {
    return this.host.changes.until(() => (this.frames(epoch).length >= count ? this.frames(epoch) : undefined));
  }

  find(test: (message: FromSurface) => boolean): Promise<FromSurface> {
    return this.host.changes.until(() => this.received.find(test));
  }

  async close(): Promise<void> {
    assert.deepEqual(this.visit.complaints, [], 'the host would refuse a message');
    await this.page.close();
    await this.host.stop();
  }
}
