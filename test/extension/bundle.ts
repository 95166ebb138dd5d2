import { build } from 'esbuild';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../vscode-host/project-root.ts';

const folder = join(projectRoot, 'test', 'extension');

/**
 * The suites of test/extension, by file name.
 *
 * @param only parts of file names; none for all files
 */
export async function extensionSuites(only: readonly string[] = []): Promise<readonly string[]> {
  const files = (await readdir(folder, { recursive: true }))
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.test.ts'))
    .filter((name) => only.length === 0 || only.some((part) => name.includes(part)))
    .sort();
  if (files.length === 0) throw new Error(`test/extension has no test file like ${only.join(', ') || '*.test.ts'}`);
  return files;
}

/**
 * Bundles suites into one module that VS Code's extension host can load: its `run()` runs them.
 *
 * @param name of the bundle; each process has its own, so that two may run at once
 * @param files names in test/extension
 * @returns the module's absolute path; the caller removes it
 */
export async function bundleSuites(name: string, files: readonly string[]): Promise<string> {
  const outfile = join(projectRoot, 'out', 'test', 'extension', `${name}-${process.pid}.cjs`);
  await build({
    stdin: {
      contents: `
        import { runSuites } from './run-suites.ts';
        export const run = () => runSuites([${files.map((file) => `() => import('./${file}')`).join(', ')}]);
      `,
      resolveDir: folder,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // VS Code gives the first; the second must be the one copy whose globals the suites use.
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}
