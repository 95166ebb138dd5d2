import { join } from 'node:path';
import { build } from 'esbuild';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { FrameMessage, FromSurface, ToSurface } from '../../src/protocol/messages.ts';
import type { Box, ShareSource, ShareState } from '../../src/protocol/picture.ts';
import { findChromium } from '../vscode-host/chromium.ts';
import { PageHost } from './page-host.ts';
import type { PaintedDisplay } from './page-scripts/painted-display-api.ts';
import type { PageVisit } from './page-visit.ts';

/** Title of the tab that Chromium's picker chooses by itself. */
export const SHARED_TITLE = 'Shared with Talkthrough';

const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--use-fake-device-for-media-stream',
  `--auto-select-tab-capture-source-by-title=${SHARED_TITLE}`,
];

/** Starts a Chromium that has a fake camera and shares the tab with that title. The caller closes it. */
export function launchSharingChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium((line) => console.log(line)), args: CHROMIUM_ARGS });
}

/** The page in a browser profile of its own, with a host that notes what it is sent, and a tab beside it to be shared. */
export class PictureStage {
  readonly host: PageHost;
  readonly page: Page;
  readonly visit: PageVisit;
  readonly context: BrowserContext;
  /** What went wrong in the page or its worker, and what its policy forbade. */
  readonly errors: string[] = [];
  /** Each source counts its own, as the host does. */
  readonly #epochs: Record<ShareSource, number> = { screen: 0, camera: 0 };

  private constructor(host: PageHost, context: BrowserContext, page: Page, visit: PageVisit, errors: string[]) {
    this.host = host;
    this.context = context;
    this.page = page;
    this.visit = visit;
    this.errors = errors;
  }

  /** @param camera whether the person has allowed it; left out: allowed */
  static async open(browser: Browser, { camera = true } = {}): Promise<PictureStage> {
    const host = await PageHost.open();
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
    await context.addInitScript({ content: await paintedDisplayScript() });
    await context.grantPermissions(camera ? ['microphone', 'camera'] : ['microphone'], {
      origin: `http://127.0.0.1:${host.port}`,
    });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) errors.push(message.text());
    });
    await page.goto(host.newAddress());
    const visit = await host.untilJoined();
    const stage = new PictureStage(host, context, page, visit, errors);
    stage.post({ type: 'captureSettings', detail: 'high', focus: 'screen', personSpeaks: false });
    return stage;
  }

  get received(): readonly FromSurface[] {
    return this.visit.received;
  }

  post(message: ToSurface): void {
    this.visit.post(message);
  }

  /** A tab of 1,920 by 1,080 px with the title that the picker chooses. */
  async tabToShare(html: string): Promise<Page> {
    const tab = await this.context.newPage();
    await tab.setContent(`<!doctype html><title>${SHARED_TITLE}</title>${html}`);
    await this.page.bringToFront();
    return tab;
  }

  /** Calls the painted display in the page. Does not count as a click. */
  async display<Name extends keyof PaintedDisplay>(
    name: Name,
    ...args: Parameters<PaintedDisplay[Name]>
  ): Promise<ReturnType<PaintedDisplay[Name]>> {
    const value = await this.#evaluate(`paintedDisplay.${name}(...${JSON.stringify(args)})`, false);
    // What PaintedDisplay promises for this name; painted-display.ts is checked against it.
    return value as ReturnType<PaintedDisplay[Name]>;
  }

  /** The person clicks somewhere in the page that does nothing. */
  async click(): Promise<void> {
    await this.#evaluate('0', true);
  }

  /** Wants it shared, and returns the epoch. */
  want(source: ShareSource, wanted = true, device = ''): number {
    this.#epochs[source] += 1;
    const epoch = this.#epochs[source];
    this.post({ type: 'share', source, wanted, epoch, device });
    return epoch;
  }

  /** Clicks, wants it shared, and waits until it is. */
  async share(source: ShareSource): Promise<number> {
    await this.click();
    const epoch = this.want(source);
    await this.untilState(source, epoch, 'on');
    return epoch;
  }

  async stop(source: ShareSource): Promise<void> {
    const epoch = this.want(source, false);
    await this.untilState(source, epoch, 'off');
  }

  states(source: ShareSource, epoch: number): readonly ShareState[] {
    return this.received.flatMap((message) =>
      message.type === 'shareState' && message.source === source && message.epoch === epoch ? [message.state] : [],
    );
  }

  async untilState<Kind extends ShareState['kind']>(
    source: ShareSource,
    epoch: number,
    kind: Kind,
  ): Promise<Extract<ShareState, { kind: Kind }>> {
    const found = await this.host.changes.until(() => this.states(source, epoch).find((state) => state.kind === kind));
    // Found by its kind.
    return found as Extract<ShareState, { kind: Kind }>;
  }

  frames(source: ShareSource, epoch = this.#epochs[source]): readonly FrameMessage[] {
    return this.received
      .filter((message) => message.type === 'frame')
      .filter((frame) => frame.source === source && frame.epoch === epoch);
  }

  async untilFrames(
    source: ShareSource,
    count: number,
    epoch = this.#epochs[source],
  ): Promise<readonly FrameMessage[]> {
    return this.host.changes.until(() => {
      const frames = this.frames(source, epoch);
      return frames.length >= count ? frames : undefined;
    });
  }

  async cut(source: ShareSource, region: Box, request = 1): Promise<Extract<FromSurface, { type: 'cropResult' }>> {
    this.post({ type: 'crop', request, source, region });
    const isAnswer = (message: FromSurface): boolean => message.type === 'cropResult' && message.request === request;
    const found = await this.host.changes.until(() => this.received.findLast(isAnswer));
    // Found by its type.
    return found as Extract<FromSurface, { type: 'cropResult' }>;
  }

  /** Settles when the page runs no worker. */
  async untilNoWorker(): Promise<void> {
    for (const worker of this.page.workers()) {
      if (this.page.workers().includes(worker)) await worker.waitForEvent('close');
    }
  }

  /** The page, its host and its profile. */
  async close(): Promise<void> {
    await this.context.close();
    await this.host.stop();
  }

  async #evaluate(expression: string, userGesture: boolean): Promise<unknown> {
    const devtools = await this.context.newCDPSession(this.page);
    const { result, exceptionDetails } = await devtools.send('Runtime.evaluate', {
      expression,
      returnByValue: true,
      userGesture,
    });
    await devtools.detach();
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description);
    return result.value;
  }
}

let script: Promise<string> | undefined;

/** The painted display's script, built once. */
export function paintedDisplayScript(): Promise<string> {
  script ??= build({
    entryPoints: [join(import.meta.dirname, 'page-scripts', 'painted-display.ts')],
    bundle: true,
    format: 'iife',
    write: false,
    logLevel: 'silent',
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? '');
  return script;
}
