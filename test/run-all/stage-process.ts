import { spawn, type ChildProcess } from 'node:child_process';
import { setPriority } from 'node:os';
import { detachedForGroup, guardGroup, signalGroup } from '../vscode-host/process-group.ts';
import { projectRoot } from '../vscode-host/project-root.ts';

/** The longest any program may take; all of them together take about ten minutes. */
const STAGE_TIMEOUT_MS = 20 * 60_000;

/** Where a program's output goes: passed through, or handed over in pieces as it comes. */
export type Output = 'through' | ((text: string) => void);

export interface NodeRun {
  readonly env?: Readonly<Record<string, string>>;
  readonly output?: Output;
  /** Attends to it while it runs, by a channel that it has then. */
  readonly attend?: ((child: ChildProcess) => void) | undefined;
  /** Lets others go first; for what keeps a core busy and waits for nothing. */
  readonly yields?: boolean;
}

/** A niceness at which a process takes about a tenth of a core that others want. */
const YIELDING = 10;

/**
 * Runs one Node program of the repository; it and all it starts end with this process.
 *
 * @param args what stands after `node`
 * @returns the exit code, or why there is none
 */
export async function runNode(
  args: readonly string[],
  { env = {}, output = 'through', attend, yields = false }: NodeRun = {},
): Promise<number | string> {
  const stdio = output === 'through' ? 'inherit' : 'pipe';
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    stdio: ['ignore', stdio, stdio, ...(attend === undefined ? [] : (['ipc'] as const))],
    env: { ...process.env, ...env },
    detached: detachedForGroup,
  });
  if (output !== 'through') {
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', output);
  }
  attend?.(child);
  const { pid } = child;
  const ended = new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    // Not before all it printed has come.
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  if (pid === undefined) return ended;
  if (yields) setPriority(pid, YIELDING);
  const liftGuard = guardGroup(pid);
  const timer = setTimeout(() => {
    console.error(`Not ended after ${STAGE_TIMEOUT_MS / 60_000} minutes: node ${args.join(' ')}`);
    signalGroup(pid, 'SIGKILL');
  }, STAGE_TIMEOUT_MS);
  // What it started and left behind may hold its output open: it is ended with it.
  child.once('exit', () => signalGroup(pid, 'SIGKILL'));
  const status = await ended;
  clearTimeout(timer);
  signalGroup(pid, 'SIGKILL');
  liftGuard();
  return status;
}
