import { existsSync } from 'node:fs';
import { packageFile } from '../../setup/package-vsix.ts';

/** Talkthrough's identifier in VS Code. */
export const TALKTHROUGH_ID = 'talkthrough.talkthrough';

/**
 * Absolute path of the package that journeys install: a journey plays what a user gets, never the sources.
 *
 * @throws with one sentence when it has not been built
 */
export function talkthroughPackage(): string {
  const path = process.env['TALKTHROUGH_VSIX'] ?? packageFile;
  if (!existsSync(path))
    throw new Error(`${path} is missing: run the journeys by npm run journey, or npm run package.`);
  return path;
}
