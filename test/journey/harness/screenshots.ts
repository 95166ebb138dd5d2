import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectRoot } from '../../vscode-host/project-root.ts';

/** Pictures of one journey, numbered in the order in which they were taken. */
export interface Screenshots {
  /** Absolute path of their folder. */
  readonly folder: string;
  /** Takes one; returns its absolute path. */
  take(page: Page, name: string): Promise<string>;
}

const taken = new Map<string, number>();

/** Pictures below test/journey/screenshots/; the first use in a run clears those of the run before. */
export async function screenshotsOf(journey: string): Promise<Screenshots> {
  const folder = join(projectRoot, 'test', 'journey', 'screenshots', journey);
  await mkdir(folder, { recursive: true });
  if (!taken.has(journey)) {
    taken.set(journey, 0);
    for (const file of await readdir(folder)) await rm(join(folder, file), { recursive: true });
  }
  return {
    folder,
    async take(page, name) {
      const number = (taken.get(journey) ?? 0) + 1;
      taken.set(journey, number);
      const path = join(folder, `${String(number).padStart(2, '0')}-${name.replaceAll(/[^\w-]+/g, '-')}.png`);
      await page.screenshot({ path });
      return path;
    },
  };
}
