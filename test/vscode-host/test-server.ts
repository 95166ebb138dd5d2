import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { startBrowser } from './browser.ts';
import { testEnvironment } from './environment.ts';
import { installVsCode } from './install.ts';
import { projectRoot } from './project-root.ts';
import { startProcess, type RunningProcess } from './running-process.ts';
import { makeScratchFolder } from './scratch-folder.ts';
import { readServerLogs } from './server-logs.ts';
import { writeSettings } from './workbench-settings.ts';

/** All paths absolute. */
export interface TestServerPlan {
  readonly extensionDevelopmentPath: string;
  /** A module whose `run()` resolves when the tests passed and rejects when not. */
  readonly extensionTestsPath: string;
  readonly folder: string;
  /** Set for the extension host. */
  readonly env: Readonly<Record<string, string>>;
}

/** What VS Code itself says to the console at every start. */
const NOISE =
  /^(Resolv(ing|ed) connection token|Creating a socket|Ignoring fetching|\[(reconnection-grace-time|AgentHost:remote|AccountPolicyGate|Service Worker)\])/;

/** From start to listening; 2 s on an idle machine. */
const START_TIMEOUT_MS = 60_000;
/** All suites together. */
const RUN_TIMEOUT_MS = 15 * 60_000;

/**
 * Runs tests inside the extension host of a VS Code of their own; their console is printed here.
 *
 * @returns VS Code's exit code: 0 when the tests passed
 * @throws when VS Code does not start or the tests do not end in time; a picture and the logs are saved in out/
 */
export async function runInTestServer(plan: TestServerPlan): Promise<number> {
  const { serverEntry } = await installVsCode((line) => console.log(line));
  const scratch = await makeScratchFolder();
  const owned: (() => Promise<void>)[] = [() => scratch.dispose()];
  try {
    const dataFolder = await scratch.folder('server');
    await writeSettings(join(dataFolder, 'data'), {});
    const server = await startProcess({
      name: 'The VS Code server',
      command: process.execPath,
      args: [
        serverEntry,
        ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'],
        ...['--telemetry-level', 'off', '--server-data-dir', dataFolder],
        ...['--enable-smoke-test-driver', '--disable-workspace-trust'],
      ],
      env: testEnvironment(await scratch.folder('tmp'), { HOME: await scratch.folder('home'), ...plan.env }),
      cwd: scratch.path,
      logFile: join(scratch.path, 'server.log'),
    });
    owned.push(() => server.stop());
    const [, port = ''] = await server.line(/listening on (\d+)/, START_TIMEOUT_MS);

    const browser = await startBrowser({ microphone: { kind: 'beep' } });
    owned.push(() => browser.stop());
    const page = browser.context.pages()[0] ?? (await browser.context.newPage());
    const exited = tellsItsExitCode(page);
    await page.goto(address(port, plan), { waitUntil: 'commit' });
    const timedOut = new Promise<'timed out'>((resolve) => {
      setTimeout(() => resolve('timed out'), RUN_TIMEOUT_MS).unref();
    });
    const serverEnded = server.ended.then(() => 'the VS Code server ended' as const);
    const result = await Promise.race([exited, timedOut, serverEnded]);
    if (typeof result === 'number') return result;
    const saved = await saveEvidence(page, server, join(dataFolder, 'data'));
    throw new Error(`The tests did not end: ${result}. What was on screen and in the logs is in ${saved}`);
  } finally {
    for (const dispose of owned.reverse()) await dispose();
  }
}

/** The workbench's address with what the smoke test driver wants to be told. */
function address(port: string, plan: TestServerPlan): string {
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${path}`;
  const payload = JSON.stringify([
    ['extensionDevelopmentPath', remote(plan.extensionDevelopmentPath)],
    ['extensionTestsPath', remote(plan.extensionTestsPath)],
    ['skipWelcome', 'true'],
  ]);
  const query = new URLSearchParams({ folder: plan.folder, payload });
  return `http://127.0.0.1:${port}/?${query.toString()}`;
}

/** Gives the page the two functions the smoke test driver calls; resolves with the exit code it tells. */
async function tellsItsExitCode(page: Page): Promise<number> {
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    const line = format(...args);
    if (NOISE.test(line)) return;
    if (type === 'error' || type === 'warn') console.error(line);
    else console.log(line);
  });
  return new Promise((resolve) => {
    void page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
  });
}

async function saveEvidence(page: Page, server: RunningProcess, dataFolder: string): Promise<string> {
  const folder = join(projectRoot, 'out', 'test', 'extension', 'evidence');
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, 'window.png') }).catch(() => undefined);
  await writeFile(join(folder, 'logs.txt'), `${server.lastLines()}\n${await readServerLogs(dataFolder)}`);
  return folder;
}
