/**
 * What the tools that read files take, inside VS Code's extension host: a round trip of `read_file` over the Live session's own
 * socket, and the first page of `search_text` over 5,000 files, with ripgrep and without.
 *
 * Goals: 50 ms at the median for a file of 1,000 lines; 500 ms for the first page with ripgrep. Exit code 1 when missed.
 */
import { build } from 'esbuild';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { installVsCode } from '../test/vscode-host/install.ts';
import { projectRoot } from '../test/vscode-host/project-root.ts';
import { makeScratchFolder } from '../test/vscode-host/scratch-folder.ts';

/** Of 332 files each. */
const COPIES = 16;
const LINES = 1_000;

const extensionTestsPath = join(projectRoot, 'out', 'bench', 'tools.cjs');
await build({
  entryPoints: [join(projectRoot, 'bench', 'tools', 'inside-vscode.ts')],
  outfile: extensionTestsPath,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  logLevel: 'warning',
});
await installVsCode((line) => console.log(line));
const scratch = await makeScratchFolder();
try {
  const project = await scratch.folder('project');
  const sources = join(projectRoot, 'node_modules', 'zod', 'src');
  for (let i = 0; i < COPIES; i += 1) await cp(sources, join(project, `copy-${i}`), { recursive: true });
  await mkdir(join(project, '.git'));
  await writeFile(join(project, '.gitignore'), 'node_modules/\ndist/\n');
  const line = (_: unknown, i: number): string =>
    `export const value${i} = compute(${i}, 'some text of a usual length');\n`;
  await writeFile(join(project, 'thousand.ts'), Array.from({ length: LINES }, line).join(''));
  await runTests({
    vscodeExecutablePath: join(projectRoot, 'test', 'vscode-host', 'launcher'),
    extensionDevelopmentPath: projectRoot,
    extensionTestsPath,
    launchArgs: [project],
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await scratch.dispose();
}
