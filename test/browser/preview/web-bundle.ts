import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..', '..', '..');

/** Names the folder of a bundle that is there already: side by side, suites would write over each other's. */
export const WEB_BUNDLE_VARIABLE = 'TALKTHROUGH_WEB_BUNDLE';

let built: Promise<string> | undefined;

/** Builds the web bundle once in this process, unless one is given, and returns the folder that holds its files. */
export function buildWebBundle(): Promise<string> {
  const given = process.env[WEB_BUNDLE_VARIABLE];
  built ??= given === undefined ? buildWebBundleIn(join(root, 'out', 'test', 'browser')) : Promise.resolve(given);
  return built;
}

/** Builds it with the product's own build script; returns the folder inside `outdir` that holds its files. */
export async function buildWebBundleIn(outdir: string): Promise<string> {
  await promisify(execFile)(process.execPath, ['esbuild.mjs', '--only=web,worklets', `--outdir=${outdir}`], {
    cwd: root,
  });
  return join(outdir, 'web');
}
