import { join } from 'node:path';
import { personalEnvironment, testEnvironment } from './environment.ts';
import { copyExtension } from './extension-files.ts';
import { installOnce } from './extension-installer.ts';
import { installVsCode } from './install.ts';
import { extensionHostPids } from './linux-processes.ts';
import { startProcess } from './running-process.ts';
import { makeScratchFolder } from './scratch-folder.ts';
import { readServerLogs } from './server-logs.ts';
import { writeSettings, type Settings } from './workbench-settings.ts';

export interface WorkbenchPlan {
  /** Absolute path of the folder that is opened. */
  readonly folder: string;
  /** Absolute paths: a .vsix is installed as a user would, a folder is copied. */
  readonly extensions?: readonly string[];
  readonly settings?: Settings;
  /** Set for the server and its extension hosts. */
  readonly env?: Readonly<Record<string, string>>;
  /** `temporary` (the default) hides this machine's own dotfiles and cloud credentials; `own` lets them be seen. */
  readonly home?: 'temporary' | 'own';
}

/** A running VS Code whose window is wherever a browser opens `address`. */
export interface Workbench {
  /** `http://127.0.0.1:PORT/?folder=…` */
  readonly address: string;
  readonly port: number;
  readonly pid: number;
  /** Absolute path of a folder that is gone after `stop()`; the person's home, the logs and the settings are inside. */
  readonly scratchFolder: string;
  /** Where the person's settings, logs and extension storage are. */
  readonly userDataFolder: string;
  readonly extensionsFolder: string;
  /** Replaces the user's settings; the running window follows. */
  setSettings(settings: Settings): Promise<void>;
  /** Everything VS Code and its extension hosts logged, for reading after a failure and for searching for secrets. */
  logs(): Promise<string>;
  /** The extension hosts running now (Linux only), so that a test can end one. */
  extensionHostPids(): Promise<number[]>;
  /** Resolves with the exit code when the server has ended. */
  readonly ended: Promise<number | string>;
  /** What the server printed last. */
  lastLines(): string;
  stop(): Promise<void>;
}

/** From start to listening; 2 s on an idle machine. */
const START_TIMEOUT_MS = 60_000;

/** Starts VS Code with a person's data all its own, on a free port of 127.0.0.1. The caller stops it. */
export async function startWorkbench(plan: WorkbenchPlan): Promise<Workbench> {
  const { frontEntry } = await installVsCode((line) => console.log(line));
  const scratch = await makeScratchFolder();
  try {
    const userDataFolder = await scratch.folder('data');
    const extensionsFolder = await scratch.folder('extensions');
    await writeSettings(userDataFolder, plan.settings ?? {});

    const temporaryFolder = await scratch.folder('tmp');
    const env =
      plan.home === 'own'
        ? personalEnvironment(temporaryFolder, { ...plan.env })
        : testEnvironment(temporaryFolder, { HOME: await scratch.folder('home'), ...plan.env });
    const front = (name: string, extensions: string, args: readonly string[]) =>
      startProcess({
        name,
        command: process.execPath,
        args: [
          frontEntry,
          '--config',
          join(scratch.path, 'config.yaml'),
          '--user-data-dir',
          userDataFolder,
          '--extensions-dir',
          extensions,
          ...args,
        ],
        env,
        cwd: scratch.path,
        logFile: join(scratch.path, 'server.log'),
      });

    for (const extension of plan.extensions ?? []) {
      if (!extension.endsWith('.vsix')) {
        await copyExtension(extension, extensionsFolder);
        continue;
      }
      await installOnce(extension, extensionsFolder, async (folder) => {
        const installer = await front('The .vsix installer', folder, ['--install-extension', extension, '--force']);
        const status = await installer.ended;
        await installer.stop();
        if (status !== 0) throw new Error(`${extension} did not install:\n${installer.lastLines()}`);
      });
    }

    const server = await front('VS Code', extensionsFolder, [
      ...['--auth', 'none', '--bind-addr', '127.0.0.1:0'],
      ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'],
      ...['--disable-getting-started-override', '--ignore-last-opened'],
      plan.folder,
    ]);
    const stop = async (): Promise<void> => {
      await server.stop();
      await scratch.dispose();
    };
    const listening = await server
      .line(/listening on http:\/\/127\.0\.0\.1:(\d+)/, START_TIMEOUT_MS)
      .catch(async (error: unknown) => {
        await server.stop();
        throw error;
      });
    const port = Number(listening[1]);
    return {
      address: `http://127.0.0.1:${port}/?folder=${encodeURIComponent(plan.folder)}`,
      port,
      pid: server.pid,
      scratchFolder: scratch.path,
      userDataFolder,
      extensionsFolder,
      setSettings: (settings) => writeSettings(userDataFolder, settings),
      logs: async () => `==== server\n${server.lastLines()}\n${await readServerLogs(userDataFolder)}`,
      ended: server.ended,
      lastLines: () => server.lastLines(),
      extensionHostPids: () => extensionHostPids(server.pid),
      stop,
    };
  } catch (error) {
    await scratch.dispose();
    throw error;
  }
}
