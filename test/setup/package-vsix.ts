import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { tool } from '../run-all/programs.ts';
import { runNode } from '../run-all/stage-process.ts';
import { projectRoot } from '../vscode-host/project-root.ts';
import { withLock } from './lock.mjs';
import { findInArchive } from './package-contents.ts';

/** Absolute path of the package that `buildPackage()` makes. */
export const packageFile = join(projectRoot, 'talkthrough.vsix');

/** A package installs in a moment; the Marketplace would take far more. */
const LARGEST_BYTES = 2 * 1024 * 1024;

/**
 * Builds for production and packs talkthrough.vsix, by one process at a time.
 *
 * @returns one line that says what was made
 * @throws with one sentence when it does not build, is too large or holds what nobody should get
 */
export async function buildPackage(): Promise<string> {
  return withLock(join(projectRoot, '.vscode-host', 'package.lock'), async () => {
    // Under another name until it is whole: someone may be installing the one before.
    const unfinished = join(projectRoot, `talkthrough-${process.pid}.vsix`);
    try {
      // vsce runs the production build by itself (`vscode:prepublish`).
      const options = ['--no-dependencies', '--no-rewrite-relative-links', '--out', unfinished];
      const status = await runNode([tool('@vscode/vsce', 'vsce'), 'package', ...options]);
      if (status !== 0) throw new Error(`vsce could not pack Talkthrough (${status}); why stands above.`);
      const { size } = await stat(unfinished);
      if (size > LARGEST_BYTES) throw new Error(`The package has ${size} bytes; ${LARGEST_BYTES} are allowed.`);
      const { files, unwanted } = await findInArchive(unfinished);
      if (unwanted.length > 0) throw new Error(`The package must not hold ${unwanted.join('; ')}.`);
      await rename(unfinished, packageFile);
      return `talkthrough.vsix: ${(size / 1024).toFixed(0)} kB, ${files} files`;
    } finally {
      await rm(unfinished, { force: true });
    }
  });
}
