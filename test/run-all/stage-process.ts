import { spawn } from 'node:child_process';
import { detachedForGroup, guardGroup, signalGroup } from '../vscode-host/process-group.ts';
import { projectRoot } from '../vscode-host/project-root.ts';
import type { StartTurns } from './start-turns.ts';

/** The longest any program may take; all of them together take about ten minutes. */
const STAGE_TIMEOUT_MS = 20 * 60_000;

/** Where a program's output goes: passed through, or handed over in pieces as it comes. */
export type Output = 'through' | ((text: string) => void);

/**
 * Runs one Node program of the repository; it and all it starts end with this process.
 *
 * @param args what stands after `node`
 * @param turns whom it asks before it starts VS Code, where several do
 * @returns the exit code, or why there is none
 */
export async function runNode(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  output: Output = 'through',
  turns?: StartTurns,
): Promise<number | string> {
  const stdio = output === 'through' ? 'inherit' : 'pipe';
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    stdio: ['ignore', stdio, stdio, ...(turns === undefined ? [] : (['ipc'] as const))],
    env: { ...process.env, ...env },
    detached: detachedForGroup,
  });
  if (output !== 'through') {
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', output);
  }
  turns?.attend(child);
  const { pid } = child;
  const ended = new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    // Not before all it printed has come.
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  if (pid === undefined) return ended;
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
