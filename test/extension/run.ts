// Runs the suites of test/extension inside VS Code: `node test/extension/run.ts [--group=talk|tools] [part of a file name …]`.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { add, NOTHING, readTally, TALLY_FILE_VARIABLE, type Tally } from '../run-all/tally.ts';
import { makeSampleProject } from '../sample-project/make-sample-project.ts';
import { installVsCode } from '../vscode-host/install.ts';
import { projectRoot } from '../vscode-host/project-root.ts';
import { makeScratchFolder } from '../vscode-host/scratch-folder.ts';
import { bundleSuites, extensionSuites } from './bundle.ts';
import { suiteGroups, type SuiteGroup } from './suite-groups.ts';

// With internet access the same suites run in desktop VS Code, which test-electron downloads.
const onDesktop = process.env['TALKTHROUGH_DESKTOP'] === '1';

/** @returns how its tests ended */
async function runGroup({ name, workspace, files }: SuiteGroup): Promise<Tally> {
  const extensionTestsPath = await bundleSuites(name, files);
  const scratch = await makeScratchFolder();
  const tallyFile = join(scratch.path, 'tally.json');
  try {
    const project = join(scratch.path, 'project');
    if (workspace === 'sample-project') await makeSampleProject(project);
    const exitCode = await runTests({
      ...(onDesktop ? {} : { vscodeExecutablePath: join(projectRoot, 'test', 'vscode-host', 'launcher') }),
      extensionDevelopmentPath: projectRoot,
      extensionTestsPath,
      extensionTestsEnv: {
        ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}),
        [TALLY_FILE_VARIABLE]: tallyFile,
      },
      launchArgs: [
        workspace === 'sample-project' ? project : join(projectRoot, 'test', workspace),
        `--user-data-dir=${await scratch.folder('data')}`,
        `--extensions-dir=${await scratch.folder('extensions')}`,
      ],
    });
    return await readTally(tallyFile, exitCode);
  } catch (error) {
    // What failed was printed where it failed.
    console.error(error instanceof Error ? error.message : error);
    return await readTally(tallyFile, 1);
  } finally {
    await rm(extensionTestsPath, { force: true });
    await scratch.dispose();
  }
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { group: { type: 'string' } } });
const groups = suiteGroups(await extensionSuites(positionals), values.group);
if (!onDesktop) await installVsCode((line) => console.log(line));
let together = NOTHING;
for (const group of groups) together = add(together, await runGroup(group));
const tallyFile = process.env[TALLY_FILE_VARIABLE];
if (tallyFile !== undefined) {
  await mkdir(dirname(tallyFile), { recursive: true });
  await writeFile(tallyFile, JSON.stringify(together));
}
if (together.failed > 0) process.exitCode = 1;
