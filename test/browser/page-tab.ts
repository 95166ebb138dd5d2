import { join } from 'node:path';
import { build } from 'esbuild';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findChromium } from '../vscode-host/chromium.ts';
import type { PageHost } from './page-host.ts';
import type { PageWatch } from './page-scripts/page-watch-api.ts';

/** There are microphones and loudspeakers, and whoever asks the person gets them. */
const CHROMIUM_ARGS = ['--disable-gpu', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** Starts Chromium. The caller closes it. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium((line) => console.log(line)), args: CHROMIUM_ARGS });
}

/** A person's browser profile in which the page's microphone question was answered for good, or is still to come. */
export async function openProfile(
  browser: Browser,
  host: PageHost,
  microphone: 'granted' | 'prompt' = 'granted',
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 900, height: 720 }, ...options });
  await context.addInitScript({ content: await watchScript() });
  const origin = `http://127.0.0.1:${host.port}`;
  if (microphone === 'granted') {
    await context.grantPermissions(['microphone'], { origin });
    return context;
  }
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const { targetInfo } = await devtools.send('Target.getTargetInfo');
  const { browserContextId } = targetInfo;
  const whole = await browser.newBrowserCDPSession();
  await whole.send('Browser.setPermission', {
    permission: { name: 'microphone' },
    setting: 'prompt',
    origin,
    ...(browserContextId !== undefined && { browserContextId }),
  });
  await page.close();
  return context;
}

/** One tab with the page in it. */
export class PageTab {
  readonly page: Page;
  readonly errors: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.errors.push(String(error)));
  }

  static async open(context: BrowserContext, address: string): Promise<PageTab> {
    const tab = new PageTab(await context.newPage());
    await tab.page.goto(address);
    return tab;
  }

  static of(page: Page): PageTab {
    return new PageTab(page);
  }

  /** Calls one function in the page. Not by `page.evaluate`, which counts as a click. */
  async watch<Name extends keyof PageWatch>(
    name: Name,
    ...args: PageWatch[Name] extends (...given: infer Given) => unknown ? Given : []
  ): Promise<PageWatch[Name] extends (...given: never) => infer Result ? Awaited<Result> : PageWatch[Name]> {
    const call = name === 'violations' ? 'pageWatch.violations' : `pageWatch.${name}(...${JSON.stringify(args)})`;
    const devtools = await this.page.context().newCDPSession(this.page);
    const { result, exceptionDetails } = await devtools.send('Runtime.evaluate', {
      expression: call,
      awaitPromise: true,
      returnByValue: true,
      userGesture: false,
    });
    await devtools.detach();
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    // What PageWatch promises for this name; page-watch.ts is checked against it.
    return result.value as never;
  }

  /** Settles when the page says so, as a heading or anywhere. */
  async untilSays(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name }).click();
  }
}

let script: Promise<string> | undefined;

/** The watching script, built once. */
export function watchScript(): Promise<string> {
  script ??= build({
    entryPoints: [join(import.meta.dirname, 'page-scripts', 'page-watch.ts')],
    bundle: true,
    format: 'iife',
    write: false,
    logLevel: 'silent',
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? '');
  return script;
}
