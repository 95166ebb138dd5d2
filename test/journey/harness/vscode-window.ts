import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startBrowser, type RunningBrowser } from '../../vscode-host/browser.ts';
import { DENYING_HEADERS } from '../../vscode-host/denying-proxy.ts';
import { startForwardingProxy } from '../../vscode-host/forwarding-proxy.ts';
import type { MediaPlan } from '../../vscode-host/media-plan.ts';
import { inTurn } from '../../vscode-host/start-turn.ts';
import { startWorkbench, type Workbench, type WorkbenchPlan } from '../../vscode-host/workbench.ts';
import { audioTapModules, recordAudioOutput, type AudioOutput } from './audio-output.ts';
import { collectComplaints, type Complaints } from './complaints.ts';
import { screenshotsOf, type Screenshots } from './screenshots.ts';
import { themeSettings, type Theme } from './themes.ts';

/** The default microphone is Chromium's own beep. */
export interface WindowPlan extends WorkbenchPlan, Partial<MediaPlan> {
  /** Names the folder of the screenshots. */
  readonly journey: string;
  /** The default is dark. */
  readonly theme?: Theme;
  /** Withholds microphone, camera and screen from every page, as desktop VS Code does from webviews. */
  readonly mediaDenied?: boolean;
  /** Show the window on the person's display. */
  readonly visible?: boolean;
  /** Further Chromium flags. */
  readonly flags?: readonly string[];
}

/** A person's VS Code, open in a browser that is all theirs. */
export interface VsCodeWindow {
  readonly page: Page;
  readonly browser: RunningBrowser;
  readonly workbench: Workbench;
  /** What the browser opened: VS Code, behind a proxy that lets the harness hear. */
  readonly address: string;
  /** What every page plays. */
  readonly output: AudioOutput;
  readonly complaints: Complaints;
  readonly screenshots: Screenshots;
  /** Takes a numbered picture of the window; returns its path. */
  screenshot(name: string): Promise<string>;
  /** Reloads the page, as `Developer: Reload Window` does, and waits until VS Code is up again. */
  reload(): Promise<void>;
  /** Saves a picture and all logs beside the screenshots; returns their paths. */
  saveEvidence(name: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

const openWindows = new Set<VsCodeWindow>();

/** The windows that are open now, for evidence after a failure. */
export function windowsStillOpen(): readonly VsCodeWindow[] {
  return [...openWindows];
}

/** A wait inside VS Code that takes longer than this has failed; generous for two cores shared with others. */
const ACTION_TIMEOUT_MS = 30_000;
/** From opening the address to a drawn workbench; 3 s on an idle machine. */
const LOAD_TIMEOUT_MS = 90_000;

/** Starts VS Code and a browser and opens a folder. The caller closes it; nothing is left behind. */
export function openWindow(plan: WindowPlan): Promise<VsCodeWindow> {
  return inTurn(() => startWindow(plan));
}

async function startWindow(plan: WindowPlan): Promise<VsCodeWindow> {
  const owned: (() => Promise<void>)[] = [];
  const closeAll = async (): Promise<void> => {
    const results = await Promise.allSettled(owned.splice(0).map((close) => close()));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  };
  try {
    const screenshots = await screenshotsOf(plan.journey);
    const settings = { ...themeSettings(plan.theme ?? 'dark'), ...plan.settings };
    const modules = await audioTapModules();
    // Both take a second or two, and neither needs the other.
    const starting = await Promise.allSettled([
      startWorkbench({ ...plan, settings }).then(async (workbench) => {
        owned.push(() => workbench.stop());
        const proxy = await startForwardingProxy({
          targetPort: workbench.port,
          headers: plan.mediaDenied === true ? DENYING_HEADERS : {},
          modules,
        });
        owned.push(() => proxy.stop());
        return { workbench, proxy };
      }),
      startBrowser({
        microphone: plan.microphone ?? { kind: 'beep' },
        ...(plan.camera !== undefined && { camera: plan.camera }),
        ...(plan.screen !== undefined && { screen: plan.screen }),
        visible: plan.visible ?? false,
        flags: plan.flags ?? [],
      }).then((browser) => {
        owned.push(() => browser.stop());
        return browser;
      }),
    ]);
    const [{ workbench, proxy }, browser] = [valueOf(starting[0]), valueOf(starting[1])];
    const address = workbench.address.replace(`:${workbench.port}/`, `:${proxy.port}/`);
    const { context } = browser;
    context.setDefaultTimeout(ACTION_TIMEOUT_MS);
    const output = await recordAudioOutput(context, modules);
    const complaints = collectComplaints(context);
    const page = context.pages()[0] ?? (await context.newPage());

    const window: VsCodeWindow = {
      page,
      browser,
      workbench,
      address,
      output,
      complaints,
      screenshots,
      screenshot: (name) => screenshots.take(page, name),
      async reload() {
        await page.reload({ waitUntil: 'commit' });
        await untilDrawn(page);
      },
      saveEvidence: (name) => saveEvidence(window, name),
      async close() {
        openWindows.delete(window);
        await closeAll();
      },
    };
    openWindows.add(window);
    try {
      await page.goto(address, { waitUntil: 'commit', timeout: LOAD_TIMEOUT_MS });
      await untilDrawn(page);
    } catch (error) {
      const paths = await window.saveEvidence('did-not-load');
      throw new Error(`VS Code did not load; see ${paths.join(', ')}`, { cause: error });
    }
    return window;
  } catch (error) {
    await closeAll().catch(() => undefined);
    throw error;
  }
}

/** @throws why it was rejected */
function valueOf<T>(result: PromiseSettledResult<T>): T {
  if (result.status === 'fulfilled') return result.value;
  throw result.reason;
}

async function untilDrawn(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: LOAD_TIMEOUT_MS });
}

async function saveEvidence(window: VsCodeWindow, name: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const page of window.browser.context.pages()) {
    const path = await window.screenshots.take(page, name).catch(() => undefined);
    if (path !== undefined) paths.push(path);
  }
  const logFile = join(window.screenshots.folder, `${name.replaceAll(/[^\w-]+/g, '-')}.log`);
  const sections = [
    `==== complaints\n${window.complaints.all.map((one) => `${one.kind}: ${one.text} (${one.url})`).join('\n')}`,
    `==== sound\n${window.output.recordings.map((recording) => recording.summary()).join('\n')}`,
    await window.workbench.logs(),
  ];
  await writeFile(logFile, sections.join('\n\n'));
  return [...paths, logFile];
}
