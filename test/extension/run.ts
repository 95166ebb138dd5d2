// Runs the suites of test/extension inside VS Code: `node test/extension/run.ts [part of a file name …]`.
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { installVsCode } from '../vscode-host/install.ts';
import { projectRoot } from '../vscode-host/project-root.ts';
import { makeScratchFolder } from '../vscode-host/scratch-folder.ts';
import { bundleExtensionTests } from './bundle.ts';

const extensionTestsPath = await bundleExtensionTests(process.argv.slice(2));
const scratch = await makeScratchFolder();
// With internet access the same suites run in desktop VS Code, which test-electron downloads.
const onDesktop = process.env['TALKTHROUGH_DESKTOP'] === '1';
try {
  if (!onDesktop) await installVsCode((line) => console.log(line));
  await runTests({
    ...(onDesktop ? {} : { vscodeExecutablePath: join(projectRoot, 'test', 'vscode-host', 'launcher') }),
    extensionDevelopmentPath: projectRoot,
    extensionTestsPath,
    extensionTestsEnv: process.stdout.isTTY ? { FORCE_COLOR: '1' } : {},
    launchArgs: [
      join(projectRoot, 'test', 'sample-workspace'),
      `--user-data-dir=${await scratch.folder('data')}`,
      `--extensions-dir=${await scratch.folder('extensions')}`,
    ],
  });
} catch (error) {
  // What failed was printed where it failed.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await scratch.dispose();
}
