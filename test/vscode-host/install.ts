import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from '../setup/lock.mjs';
import { runNpm } from './npm-command.ts';
import { projectRoot } from './project-root.ts';

/** The npm package that carries a complete VS Code; 4.139.1 is VS Code 1.139.1. */
const CODE_SERVER_VERSION = '4.139.1';

/** Raised when the steps below change, so that an older installation is made anew. */
const INSTALLATION_STEPS = 4;

/** Where the parts of an installed VS Code are; all paths absolute. */
export interface InstalledVsCode {
  /** code-server's own front, for journeys. */
  readonly frontEntry: string;
  /** VS Code's server, for tests inside the extension host. */
  readonly serverEntry: string;
}

/**
 * Makes sure VS Code stands in `.vscode-host/` of the repository: installed once, by one process at a time.
 * Takes about 25 s the first time (600 MB on disk) and nothing afterwards. Nothing is compiled.
 *
 * @param say is told, in one line, that an installation begins
 * @throws with one sentence that names the log file
 */
export async function installVsCode(say: (line: string) => void = () => undefined): Promise<InstalledVsCode> {
  const home = join(projectRoot, '.vscode-host');
  const packageFolder = join(home, 'node_modules', 'code-server');
  const vscode = join(packageFolder, 'lib', 'vscode');
  const stampFile = join(home, 'installed.json');
  const stamp = JSON.stringify({ codeServer: CODE_SERVER_VERSION, steps: INSTALLATION_STEPS });
  const installed: InstalledVsCode = {
    frontEntry: join(packageFolder, 'out', 'node', 'entry.js'),
    serverEntry: join(vscode, 'out', 'server-main.js'),
  };
  const isInstalled = async (): Promise<boolean> =>
    existsSync(installed.serverEntry) && (await readFile(stampFile, 'utf8').catch(() => '')) === stamp;

  if (await isInstalled()) return installed;
  await mkdir(home, { recursive: true });
  await withLock(join(home, 'install.lock'), async () => {
    if (await isInstalled()) return;
    say(`Installing VS Code (code-server ${CODE_SERVER_VERSION}) in .vscode-host, once …`);
    await rm(stampFile, { force: true });
    await rm(join(home, 'node_modules'), { recursive: true, force: true });
    await writeFile(join(home, 'package.json'), '{ "private": true, "description": "VS Code for the tests" }\n');
    const log = join(home, 'install.log');
    await writeFile(log, '');
    // Its install scripts would compile native modules for minutes; the tests need none of them.
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=warn'];
    await runNpm(['install', ...quiet, '--no-save', `code-server@${CODE_SERVER_VERSION}`], home, log);
    await runNpm(['install', ...quiet, '--omit=dev'], vscode, log);
    await runNpm(['install', ...quiet, '--omit=dev'], join(vscode, 'extensions'), log);
    for (const name of ['spdlog', 'native-watchdog']) {
      const standIn = join(projectRoot, 'test', 'vscode-host', 'native-modules', `${name}.cjs`);
      await copyFile(standIn, join(vscode, 'node_modules', '@vscode', name, 'index.js'));
    }
    if (!existsSync(installed.serverEntry)) {
      throw new Error(`VS Code was installed but ${installed.serverEntry} is missing; see ${log}`);
    }
    await writeFile(stampFile, stamp);
  });
  return installed;
}
