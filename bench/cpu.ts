/**
 * What listening and speaking cost the processor, in per cent of one core, by kind of process (Linux only).
 *
 * Measured is Talkthrough as it is installed, in the view of a VS Code that a Chromium shows, which captures and plays by
 * itself, with the local Live server as the service. Everything counts that this Chromium and this VS Code run in: renderers,
 * audio service, GPU process, browser, VS Code's server with its extension host; also what VS Code itself does meanwhile.
 * The measure is a bare page in the same Chromium with the same flags, in the same run: it captures with processing on,
 * posts 50 chunks a second from its worklet, and keeps a 24 kHz output worklet running. VS Code with the view open and no
 * session is reported beside it and not subtracted. The Live server and the bench itself do not count: they run elsewhere.
 *
 * Goals: listening with the view hidden at most 1.5 times the bare page, a reply playing with the view shown at most 2 times.
 * Exit code 1 when missed.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, FrameLocator, Page } from 'playwright-core';
import { runCommand } from '../test/journey/harness/command-palette.ts';
import { quickInput } from '../test/journey/harness/quick-input.ts';
import { webview } from '../test/journey/harness/webview.ts';
import { EXTENSION } from '../test/journey/product/talkthrough.ts';
import { encodeWav, LOCAL_API_KEY, startLiveServer } from '../test/live-server/index.ts';
import { buildPackage, packageFile } from '../test/setup/package-vsix.ts';
import { seededRandom } from '../test/unit/microphone/seeded-noise.ts';
import { listProcesses } from '../test/vscode-host/linux-processes.ts';
import { projectRoot } from '../test/vscode-host/project-root.ts';
import { startWorkbench } from '../test/vscode-host/workbench.ts';
import { serveBarePage } from './cpu/bare-page.ts';
import { kindOf, KINDS, measureLoad, total, type Census, type Kind, type Load } from './cpu/process-times.ts';
import { UnwatchedBrowser } from './cpu/unwatched-browser.ts';

/** Each is held against the VS Code that has its view in the same place and no session. */
const GOALS = [
  { what: 'listening, view hidden', idle: 'VS Code, view hidden, no session', most: 1.5 },
  { what: 'a reply plays, view shown', idle: 'VS Code, view shown, no session', most: 2 },
] as const;
const SECONDS = 15;
/** Opening devices, loading code and drawing for the first time are not what goes on. */
const SETTLE_MS = 8_000;
const START_MS = 15_000;

const MICROPHONE_RATE_HZ = 48_000;
/** A quiet room: about -60 dB of full scale. */
const ROOM_AMPLITUDE = 55;
const ROOM_SECONDS = 300;

/** Half a minute of speech. */
const LONG_REPLY = Array.from(
  { length: 8 },
  (_, board) => `Board number ${board + 1} goes next: bolt from outside, washer and wing nut inside, hand tight only.`,
).join(' ');

interface Row {
  readonly what: string;
  readonly load: Load;
  /** Of the bare page in the very same seconds: what a computer gives its processes changes from minute to minute. */
  readonly bare: Load;
}

const folder = await mkdtemp(join(tmpdir(), 'talkthrough-cpu-'));
const microphone = { kind: 'wav', file: join(folder, 'room.wav') } as const;
await writeFile(microphone.file, encodeWav({ pcm16: quietRoom(), rateHz: MICROPHONE_RATE_HZ }));
console.log(await buildPackage());
const site = await serveBarePage();
const bareBrowser = await UnwatchedBrowser.start(microphone);
try {
  await bareBrowser.watched(async (context) => {
    const page = await firstPage(context);
    await page.goto(site.url);
    await page.waitForFunction('globalThis.chunks?.() > 0');
  });
  report(await measureTalkthrough());
} finally {
  await bareBrowser.stop();
  site.stop();
  await rm(folder, { recursive: true });
}

function quietRoom(): Int16Array {
  const random = seededRandom(1);
  return Int16Array.from({ length: ROOM_SECONDS * MICROPHONE_RATE_HZ }, () => (random() * 2 - 1) * ROOM_AMPLITUDE);
}

async function measureTalkthrough(): Promise<Row[]> {
  const server = await startLiveServer({ script: { connections: [{}] } });
  const workbench = await startWorkbench({
    folder: join(projectRoot, 'test', 'sample-workspace'),
    extensions: [packageFile],
    settings: { 'talkthrough.baseUrl': server.baseUrl },
  });
  const browser = await UnwatchedBrowser.start(microphone);
  const census = censusOf(browser, workbench.pid);
  const rows: Row[] = [];
  const measure = async (what: string): Promise<void> => {
    await pause(SETTLE_MS);
    const [load, bare] = await Promise.all([census, censusOf(bareBrowser)].map((each) => measureLoad(each, SECONDS)));
    if (load !== undefined && bare !== undefined) rows.push({ what, load, bare });
  };
  const inWindow = (act: (page: Page, view: FrameLocator) => Promise<void>): Promise<void> =>
    browser.watched(async (context) => {
      const page = await firstPage(context);
      await act(page, webview(page, EXTENSION));
    });
  const state = (view: FrameLocator, word: RegExp): Promise<void> =>
    view.locator('.state-word').filter({ hasText: word }).waitFor();
  try {
    await inWindow(async (page, view) => {
      await page.goto(workbench.address, { waitUntil: 'commit' });
      await page.locator('.monaco-workbench .part.statusbar').waitFor();
      await runCommand(page, 'Talkthrough: Focus on Conversation View');
      await view.locator('.state-word').waitFor();
    });
    // What VS Code does after its start is over by then.
    await pause(START_MS);
    await measure('VS Code, view shown, no session');
    await inWindow(async (page) => toggleView(page, 'hidden'));
    await measure('VS Code, view hidden, no session');
    await inWindow(async (page, view) => {
      await toggleView(page, 'visible');
      await runCommand(page, 'Talkthrough: Start Live Session');
      await (await quickInput(page, /Set Up Talkthrough/)).choose('Gemini API key');
      await (await quickInput(page, /Gemini API Key/)).answer(LOCAL_API_KEY);
      await state(view, /Listening/);
    });
    await measure('listening, view shown');
    server.connection.act({ reply: { say: LONG_REPLY } });
    await measure('a reply plays, view shown');
    await inWindow(async (page, view) => {
      await state(view, /Speaking/);
      server.connection.act({ interrupt: true });
      await state(view, /Listening/);
      await toggleView(page, 'hidden');
    });
    await measure('listening, view hidden');
    // All of it was real: what the microphone gave arrived.
    const heardSeconds = (server.records[0]?.pcm16.length ?? 0) / 16_000;
    console.log(`the service heard ${heardSeconds.toFixed(1)} s`);
    if (heardSeconds < 3 * SECONDS) throw new Error('The service did not hear the microphone.');
  } finally {
    await browser.stop();
    await workbench.stop();
    await server.close();
  }
  return rows;
}

async function firstPage(context: BrowserContext): Promise<Page> {
  return context.pages()[0] ?? (await context.newPage());
}

async function toggleView(page: Page, until: 'visible' | 'hidden'): Promise<void> {
  await page.keyboard.press('Control+B');
  await page.locator('.part.sidebar').waitFor({ state: until });
}

/** The processes of a browser, and of VS Code's server where there is one. */
function censusOf(browser: UnwatchedBrowser, serverPid?: number): Census {
  return async () => {
    const kinds = new Map<number, Kind>();
    for (const one of await listProcesses()) {
      if (one.groupPid === browser.groupPid) kinds.set(one.pid, kindOf(one));
      else if (one.groupPid === serverPid) kinds.set(one.pid, 'VS Code server');
    }
    return kinds;
  };
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

/** How many times the bare page of the same seconds a row took. */
function times({ load, bare }: Row): number {
  return total(load) / total(bare);
}

function report(rows: readonly Row[]): void {
  const row = (what: string): Row => {
    const found = rows.find((one) => one.what === what);
    if (found === undefined) throw new Error(`${what} was not measured.`);
    return found;
  };
  const cells = (what: string, load: Load, ratio: string): string[] => [
    what,
    ...KINDS.map((kind) => load[kind].toFixed(1)),
    total(load).toFixed(1),
    ratio,
  ];
  const table = [
    ['% of one core', ...KINDS, 'all', 'times bare'],
    ...rows.flatMap((one) => [
      cells(one.what, one.load, times(one).toFixed(2)),
      cells('  the bare page meanwhile', one.bare, ''),
    ]),
  ];
  const widths = KINDS.map((_, i) => i).concat(KINDS.length, KINDS.length + 1, KINDS.length + 2);
  const width = (column: number): number => Math.max(...table.map((line) => line[column]?.length ?? 0));
  for (const line of table) {
    console.log(
      widths.map((i) => (i === 0 ? (line[i] ?? '').padEnd(width(i)) : (line[i] ?? '').padStart(width(i)))).join('  '),
    );
  }
  for (const { what, idle, most } of GOALS) {
    const added = times(row(what)) - times(row(idle));
    const met = added <= most;
    console.log(
      `${what}: ${added.toFixed(2)} times the bare page, VS Code’s own share left out; ` +
        `goal <= ${most.toFixed(1)}: ${met ? 'met' : 'MISSED'}`,
    );
    if (!met) process.exitCode = 1;
  }
}
