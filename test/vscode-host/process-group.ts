import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { undoAtExit } from './at-exit.ts';
import { listProcesses } from './linux-processes.ts';

const onWindows = process.platform === 'win32';

/** Whether `child` must be spawned as the leader of its own process group, so that its whole family can be ended. */
export const detachedForGroup = !onWindows;

/**
 * Ends a process and everything it started. `child` was spawned with `detached: detachedForGroup`.
 * Safe to call for one that has ended.
 */
export function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (onWindows) {
    spawnSync('taskkill', ['/PID', String(pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: nobody is left in the group, which is what was wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/**
 * Whether any process of the group still runs. On Linux those do not count that have ended and wait for their parent to
 * ask: what is orphaned waits for the first process of the machine, which in a container may take seconds.
 */
export async function groupIsAlive(pid: number): Promise<boolean> {
  try {
    process.kill(onWindows ? pid : -pid, 0);
  } catch {
    return false;
  }
  return process.platform !== 'linux' || (await listProcesses()).some(({ groupPid }) => groupPid === pid);
}

/**
 * Makes sure the group of `pid` does not outlive this process: at exit, at Ctrl+C, and (by a small shell that notices
 * the end of its standard input) even when this process is killed outright.
 *
 * @returns a function that lifts the guard, to be called once the group has ended
 */
export function guardGroup(pid: number): () => void {
  const forget = undoAtExit(() => signalGroup(pid, 'SIGKILL'));
  const watcher = onWindows ? undefined : watchForOurDeath(pid);
  return () => {
    forget();
    watcher?.kill('SIGKILL');
  };
}

function watchForOurDeath(pid: number): ChildProcess {
  const script = 'while read -r line; do :; done; kill -KILL -- "-$1"';
  const watcher = spawn('/bin/sh', ['-c', script, 'guard', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // Its own group: Ctrl+C in a terminal must not end the guard before it has done its work.
    detached: true,
  });
  watcher.unref();
  // A pipe to a child is a socket, which would keep this process alive; the type only promises a Writable.
  if (watcher.stdin instanceof Socket) watcher.stdin.unref();
  watcher.on('error', () => {
    // No /bin/sh: the guard at exit still stands.
  });
  return watcher;
}
