import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { FromSurface, Intent, ToSurface } from '../../../src/protocol/messages.ts';
import { findChromium } from '../../vscode-host/chromium.ts';
import type { OpenResources } from '../page-scripts/audio-harness-contract.ts';
import type { ThemeFixture, WebviewHost } from '../page-scripts/webview-host-api.ts';

export const THEMES = [
  'dark-modern',
  'light-modern',
  'high-contrast-dark',
  'high-contrast-light',
  'dark-2026',
  'light-2026',
] as const;
export type Theme = (typeof THEMES)[number];

export interface StageOptions extends BrowserContextOptions {
  readonly theme?: Theme;
  readonly widthPx?: number;
  readonly heightPx?: number;
  /** The page itself posts a silent reply of this length when it has loaded, before any test could count as a gesture. */
  readonly speaksAtOnceSamples?: number;
}

const FAKE_MICROPHONE = {
  allowed: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  denied: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream=deny'],
};

/** In the page, `webviewHost` is there: page-scripts/webview-host.ts puts it there. */
declare const webviewHost: WebviewHost;

/** @param microphone What the person says when asked for the microphone; there is one, and it beeps. */
export function launchBrowser(microphone: 'allowed' | 'denied' = 'allowed'): Promise<Browser> {
  const executablePath = findChromium((line) => console.log(line));
  return chromium.launch({ executablePath, args: ['--disable-gpu', ...FAKE_MICROPHONE[microphone]] });
}

/** One webview on the stage: the real view, with the test in the extension host's place. */
export class Stage {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(browser: Browser, url: string, options: StageOptions = {}): Promise<Stage> {
    const { theme = 'dark-modern', widthPx = 300, heightPx = 640, speaksAtOnceSamples = 0, ...context } = options;
    const viewport = { width: widthPx, height: heightPx };
    const page = await browser.newPage({ viewport, locale: 'en-GB', timezoneId: 'UTC', ...context });
    await page.addInitScript({ content: await hostScript() });
    const stage = new Stage(page);
    const fixture = await readTheme(theme);
    await page.addInitScript((value) => webviewHost.setThemeOnceLoaded(value), fixture);
    await page.addInitScript((samples) => webviewHost.beginOnceLoaded(samples), speaksAtOnceSamples);
    await page.goto(url, { waitUntil: 'load' });
    return stage;
  }

  async setTheme(theme: Theme): Promise<void> {
    await this.page.evaluate((fixture) => webviewHost.setTheme(fixture), await readTheme(theme));
  }

  /** Posts to the surface; settles when it has taken all of them. */
  async post(...messages: readonly ToSurface[]): Promise<void> {
    await this.page.evaluate((list) => webviewHost.deliver(list), messages);
  }

  /** How often the page was painted, or put on the screen anew, while something went on. */
  async countPaints(act: () => Promise<void>): Promise<number> {
    const browser = this.page.context().browser();
    if (browser === null) throw new Error('The page has no browser.');
    await browser.startTracing(this.page, { categories: ['devtools.timeline', 'devtools.timeline.frame'] });
    await act();
    // What Chromium writes as a trace: only the names of its events are looked at.
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: { name: string }[] };
    return traceEvents.filter(({ name }) => name === 'Paint' || name === 'DrawFrame').length;
  }

  posted(): Promise<readonly FromSurface[]> {
    return this.page.evaluate(() => webviewHost.posted);
  }

  /** What the person has asked for so far. */
  async intents(): Promise<readonly Intent[]> {
    return (await this.posted()).flatMap((message) => (message.type === 'intent' ? [message.intent] : []));
  }

  /**
   * Settles when the surface has posted a message with at least these fields. Not by `page.evaluate`, which counts as a
   * gesture of the person and so would unlock the sound.
   */
  async untilPosted(fields: object): Promise<void> {
    const devtools = await this.page.context().newCDPSession(this.page);
    const expression = `webviewHost.untilPosted(${JSON.stringify(fields)})`;
    await devtools.send('Runtime.evaluate', { expression, awaitPromise: true, userGesture: false });
    await devtools.detach();
  }

  timesAskedForMicrophone(): Promise<number> {
    return this.page.evaluate(() => webviewHost.timesAskedForMicrophone());
  }

  openResources(): Promise<OpenResources> {
    return this.page.evaluate(() => webviewHost.openResources());
  }

  /** A computed style of the first element found, or of the one that has the focus when the selector is `:focus`. */
  style(selector: string, property: string): Promise<string> {
    return this.page.evaluate(([css, name]) => webviewHost.style(css, name), [selector, property] as const);
  }

  violations(): Promise<readonly string[]> {
    return this.page.evaluate(() => webviewHost.violations);
  }

  /** How many nodes and attributes change while `messages` are shown. */
  async mutationsOf(...messages: readonly ToSurface[]): Promise<number> {
    const counter = await this.page.evaluateHandle(() => webviewHost.watchMutations());
    await this.post(...messages);
    return counter.evaluate((stop) => stop());
  }

  focusedName(): Promise<string> {
    return this.page.evaluate(() => webviewHost.focusedName());
  }

  overflowing(): Promise<readonly string[]> {
    return this.page.evaluate(() => webviewHost.overflowing());
  }

  contrast(selector: string): Promise<number> {
    return this.page.evaluate((text) => webviewHost.contrast(text), selector);
  }

  heldPictures(): Promise<number> {
    return this.page.evaluate(() => webviewHost.heldPictures());
  }

  /** The bytes of the picture that an image shows, once the browser has read it. */
  async shownBytes(selector: string): Promise<Uint8Array> {
    return Uint8Array.from(await this.page.evaluate((css) => webviewHost.shownBytes(css), selector));
  }

  /** Settles when the conversation is scrolled to its end and that end says `text`. */
  async untilAtEnd(text: string): Promise<void> {
    await this.page.waitForFunction((wanted) => webviewHost.isAtEnd(wanted), text);
  }

  /** The topmost entry in sight and where it stands. */
  topEntry(): Promise<string> {
    return this.page.evaluate(() => webviewHost.topEntry());
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

let script: Promise<string> | undefined;

function hostScript(): Promise<string> {
  script ??= build({
    entryPoints: [join(import.meta.dirname, '..', 'page-scripts', 'webview-host.ts')],
    bundle: true,
    format: 'iife',
    write: false,
    logLevel: 'silent',
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? '');
  return script;
}

async function readTheme(theme: Theme): Promise<ThemeFixture> {
  const file = join(import.meta.dirname, 'themes', `${theme}.json`);
  return JSON.parse(await readFile(file, 'utf8')) as ThemeFixture; // written by hand, kept beside this file
}
