import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { withAudioPriority } from '../vscode-host/audio-priority.ts';
import { findChromium } from '../vscode-host/chromium.ts';
import { makeScratchFolder } from '../vscode-host/scratch-folder.ts';
import {
  type AudioHarness,
  MICROPHONE_WORKLET,
  SPEAKER_WORKLET,
  TAP_WORKLET,
} from './page-scripts/audio-harness-contract.ts';

/** Debian's Chromium as root and in a container; nothing that touches audio. */
const BROWSER_ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'];

/** Resolved to 127.0.0.1 by the browser itself; `.test` names belong to nobody. */
const INSECURE_HOST = 'talkthrough.test';

/** As in the product: scripts and worklets from the page's own origin, nothing inline. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'";

export interface AudioPageOptions {
  /** Added to Chromium's command line. */
  readonly args?: readonly string[];
  /** Response headers of the page, for example a Permissions-Policy. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Serve the page from a name that browsers do not trust without https. */
  readonly insecure?: boolean;
  /** Allow sound without a click; off to test the lock. Default true. */
  readonly autoplay?: boolean;
}

/** The page that holds the real microphone and speaker modules, in a real browser of its own. */
export class AudioPage {
  readonly page: Page;
  readonly browser: Browser;
  readonly #session: CDPSession;
  readonly #close: () => Promise<void>;

  constructor(browser: Browser, page: Page, session: CDPSession, close: () => Promise<void>) {
    this.browser = browser;
    this.page = page;
    this.#session = session;
    this.#close = close;
  }

  /**
   * Calls one function of the page's harness. Not by `page.evaluate`, which counts as a click and so would unlock the
   * audio that some tests want locked.
   */
  async call<Name extends keyof AudioHarness>(
    name: Name,
    ...args: Parameters<AudioHarness[Name]>
  ): Promise<Awaited<ReturnType<AudioHarness[Name]>>> {
    const { result, exceptionDetails } = await this.#session.send('Runtime.evaluate', {
      expression: `harness.${name}(...${JSON.stringify(args)})`,
      awaitPromise: true,
      returnByValue: true,
      userGesture: false,
    });
    if (exceptionDetails !== undefined) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    // What AudioHarness promises for this name; the page's functions are checked against it.
    return result.value as Awaited<ReturnType<AudioHarness[Name]>>;
  }

  /** Closes browser and server. */
  close(): Promise<void> {
    return this.#close();
  }
}

/** Opens the page in a fresh Chromium. */
export async function openAudioPage({
  args = [],
  headers = {},
  insecure = false,
  autoplay = true,
}: AudioPageOptions = {}): Promise<AudioPage> {
  const scripts = await bundle();
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const script = scripts.get(path.slice(1));
    if (path === '/') {
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': CONTENT_SECURITY_POLICY,
        ...headers,
      });
      response.end(
        '<!doctype html><title>Audio</title><button>Hear</button><script type="module" src="page.js"></script>',
      );
    } else if (script !== undefined) {
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' });
      response.end(script);
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server listening on a port has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const scratch = await makeScratchFolder();
  const stopServing = async (): Promise<void> => {
    await new Promise((resolve) => server.close(resolve));
    await scratch.dispose();
  };
  const browser = await chromium
    .launch({
      executablePath: await withAudioPriority(findChromium(), scratch.path),
      args: [
        ...BROWSER_ARGS,
        `--host-resolver-rules=MAP ${INSECURE_HOST} 127.0.0.1`,
        ...(autoplay ? ['--autoplay-policy=no-user-gesture-required'] : []),
        ...args,
      ],
    })
    .catch(async (error: unknown) => {
      await stopServing();
      throw error;
    });
  const close = async (): Promise<void> => {
    await browser.close();
    await stopServing();
  };
  try {
    const page = await browser.newPage();
    await page.goto(`http://${insecure ? INSECURE_HOST : '127.0.0.1'}:${port}/`);
    return new AudioPage(browser, page, await page.context().newCDPSession(page), close);
  } catch (error) {
    await close();
    throw error;
  }
}

let bundled: Promise<ReadonlyMap<string, string>> | undefined;

/** The page's scripts by name, built once. */
function bundle(): Promise<ReadonlyMap<string, string>> {
  bundled ??= bundleAll();
  return bundled;
}

async function bundleAll(): Promise<ReadonlyMap<string, string>> {
  const entries: readonly (readonly [string, string])[] = [
    ['page.js', './page-scripts/audio-harness.ts'],
    [TAP_WORKLET, './page-scripts/output-tap.worklet.ts'],
    [MICROPHONE_WORKLET, '../../webview/microphone/microphone.worklet.ts'],
    [SPEAKER_WORKLET, '../../webview/speaker/speaker.worklet.ts'],
  ];
  const scripts = entries.map(async ([name, source]) => {
    const entryPoint = fileURLToPath(new URL(source, import.meta.url));
    const result = await build({
      entryPoints: [entryPoint],
      bundle: true,
      format: 'esm',
      target: 'es2022',
      write: false,
    });
    return [name, result.outputFiles[0]?.text ?? ''] as const;
  });
  return new Map(await Promise.all(scripts));
}
