import { chromium, type BrowserContext } from 'playwright-core';
import { findChromium } from '../../test/vscode-host/chromium.ts';
import { testEnvironment } from '../../test/vscode-host/environment.ts';
import { mediaSettings, type MicrophonePlan } from '../../test/vscode-host/media-plan.ts';
import { startProcess, type RunningProcess } from '../../test/vscode-host/running-process.ts';
import { makeScratchFolder, type ScratchFolder } from '../../test/vscode-host/scratch-folder.ts';
import { join } from 'node:path';

const START_TIMEOUT_MS = 60_000;

const FLAGS = [
  ...['--headless', '--window-size=1280,800', '--disable-gpu', '--mute-audio', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-quic', '--password-store=basic'],
];

/**
 * A Chromium that is only watched while something is done in it. Whoever is attached to its pages is told of every frame
 * of every WebSocket, which would cost more than what is measured.
 */
export class UnwatchedBrowser {
  readonly #process: RunningProcess;
  readonly endpoint: string;
  readonly #scratch: ScratchFolder;

  private constructor(process: RunningProcess, endpoint: string, scratch: ScratchFolder) {
    this.#process = process;
    this.endpoint = endpoint;
    this.#scratch = scratch;
  }

  static async start(microphone: MicrophonePlan): Promise<UnwatchedBrowser> {
    const scratch = await makeScratchFolder();
    const running = await startProcess({
      name: 'Chromium',
      command: findChromium((line) => console.log(line)),
      args: [
        ...FLAGS,
        // As root it does not start otherwise; Playwright does the same.
        '--no-sandbox',
        '--remote-debugging-port=0',
        `--user-data-dir=${await scratch.folder('profile')}`,
        ...mediaSettings({ microphone }).flags,
        'about:blank',
      ],
      env: testEnvironment(await scratch.folder('tmp'), {}),
      cwd: scratch.path,
      logFile: join(scratch.path, 'chromium.log'),
    });
    const [, endpoint = ''] = await running.line(/DevTools listening on (ws:\S+)/, START_TIMEOUT_MS);
    return new UnwatchedBrowser(running, endpoint, scratch);
  }

  /** Leader of the process group that the whole browser runs in. */
  get groupPid(): number {
    return this.#process.pid;
  }

  /** Attaches, acts and lets go again. */
  async watched<Result>(act: (context: BrowserContext) => Promise<Result>): Promise<Result> {
    const browser = await chromium.connectOverCDP(this.endpoint);
    try {
      const [context] = browser.contexts();
      if (context === undefined) throw new Error('The browser has no window.');
      context.setDefaultTimeout(30_000);
      return await act(context);
    } finally {
      await browser.close();
    }
  }

  async stop(): Promise<void> {
    await this.#process.stop();
    await this.#scratch.dispose();
  }
}
