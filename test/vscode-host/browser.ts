import { chromium, type BrowserContext } from 'playwright-core';
import { withAudioPriority } from './audio-priority.ts';
import { findChromium } from './chromium.ts';
import { testEnvironment } from './environment.ts';
import { audioServicePids, rendererPids } from './linux-processes.ts';
import { mediaSettings, type MediaPlan } from './media-plan.ts';
import { makeScratchFolder } from './scratch-folder.ts';

export interface BrowserPlan extends MediaPlan {
  /** A window on the person's display instead of none. */
  readonly visible?: boolean;
  /** Further Chromium flags. */
  readonly flags?: readonly string[];
}

/** A running browser with a profile of its own. */
export interface RunningBrowser {
  readonly context: BrowserContext;
  /** Where Chromium is. */
  readonly executable: string;
  /** Takes the microphone away in mid-use, as when it is unplugged (Linux only). */
  endAudioService(): Promise<void>;
  /** Processes in which its pages run (Linux only). */
  rendererPids(): Promise<readonly number[]>;
  stop(): Promise<void>;
}

/** What a page is given to draw on, in CSS px. */
export const VIEWPORT = { width: 1280, height: 800 } as const;

const QUIET_FLAGS = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];

/** Starts Chromium (found, or installed on Debian). The caller stops it. */
export async function startBrowser(plan: BrowserPlan): Promise<RunningBrowser> {
  const media = mediaSettings(plan);
  const executable = findChromium((line) => console.log(line));
  const scratch = await makeScratchFolder();
  try {
    const profile = await scratch.folder('profile');
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: await withAudioPriority(executable, scratch.path),
      headless: plan.visible !== true,
      viewport: plan.visible === true ? null : VIEWPORT,
      env: testEnvironment(await scratch.folder('tmp'), {}),
      // VS Code's webviews load their resources through a service worker.
      serviceWorkers: 'allow',
      args: [...QUIET_FLAGS, ...media.flags, ...(plan.flags ?? [])],
    });
    if (media.permissions !== undefined) await context.grantPermissions([...media.permissions]);
    return {
      context,
      executable,
      async endAudioService() {
        const pids = await audioServicePids(profile);
        if (pids.length === 0) throw new Error('The browser has no audio service of its own.');
        for (const pid of pids) process.kill(pid, 'SIGKILL');
      },
      rendererPids: () => rendererPids(profile),
      async stop() {
        await context.close();
        await scratch.dispose();
      },
    };
  } catch (error) {
    await scratch.dispose();
    throw error;
  }
}
