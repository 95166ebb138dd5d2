import { spawn } from 'node:child_process';
import { detachedForGroup, guardGroup, signalGroup } from '../vscode-host/process-group.ts';
import { projectRoot } from '../vscode-host/project-root.ts';

/** The longest any stage may take; all of them together take about ten minutes. */
const STAGE_TIMEOUT_MS = 20 * 60_000;

/**
 * Runs one Node program of the repository, its output passed through; it and all it starts end with this process.
 *
 * @param args what stands after `node`
 * @returns the exit code, or why there is none
 */
export async function runNode(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number | string> {
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    detached: detachedForGroup,
  });
  const { pid } = child;
  const ended = new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  if (pid === undefined) return ended;
  const liftGuard = guardGroup(pid);
  const timer = setTimeout(() => {
    console.error(`Not ended after ${STAGE_TIMEOUT_MS / 60_000} minutes: node ${args.join(' ')}`);
    signalGroup(pid, 'SIGKILL');
  }, STAGE_TIMEOUT_MS);
  const status = await ended;
  clearTimeout(timer);
  signalGroup(pid, 'SIGKILL');
  liftGuard();
  return status;
}
