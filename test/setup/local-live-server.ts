import { dirname, join } from 'node:path';
import { personalEnvironment } from '../vscode-host/environment.ts';
import { projectRoot } from '../vscode-host/project-root.ts';
import { startProcess } from '../vscode-host/running-process.ts';

/** The stand-in for Google's Live service, in a process of its own. */
export interface LocalLiveServer {
  /** For `talkthrough.baseUrl`. */
  readonly baseUrl: string;
  /** The API key it accepts. */
  readonly key: string;
  /** Resolves with the exit code when it has ended. */
  readonly ended: Promise<number | string>;
}

const START_TIMEOUT_MS = 30_000;

/** Starts test/live-server as a modest assistant; it ends with this process. */
export async function startLocalLiveServer(logFile: string): Promise<LocalLiveServer> {
  const server = await startProcess({
    name: 'The local Live server',
    command: process.execPath,
    args: [join(projectRoot, 'test', 'live-server', 'main.ts')],
    env: personalEnvironment(dirname(logFile), {}),
    cwd: projectRoot,
    logFile,
  });
  const [, baseUrl = '', key = ''] = await server.line(/ at (http\S+) with key (\S+)/, START_TIMEOUT_MS);
  return { baseUrl, key, ended: server.ended };
}
