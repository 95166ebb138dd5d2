import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..', '..', '..');
const outdir = join(root, 'out', 'test', 'browser');

/** Builds the web bundle with the product's own build script, and returns the folder that holds its files. */
export async function buildWebBundle(): Promise<string> {
  await promisify(execFile)(process.execPath, ['esbuild.mjs', '--only=web,worklets', `--outdir=${outdir}`], {
    cwd: root,
  });
  return join(outdir, 'web');
}
