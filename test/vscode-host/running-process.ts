import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { detachedForGroup, groupIsAlive, guardGroup, signalGroup } from './process-group.ts';

/** What to start. `logFile` gets everything the process prints. */
export interface ProcessPlan {
  /** Named in errors. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly logFile: string;
  /** Called for each line printed, on either stream. */
  readonly onLine?: (line: string) => void;
}

export interface RunningProcess {
  readonly pid: number;
  /** The last lines printed (at most 200), for an error message. */
  lastLines(): string;
  /**
   * Waits until a printed line matches; lines printed before the call count.
   * Throws, with the last lines, when the process ends first or `timeoutMs` pass.
   */
  line(pattern: RegExp, timeoutMs: number): Promise<RegExpMatchArray>;
  /** Resolves with the exit code (or signal name) when the process has ended. Never rejects. */
  readonly ended: Promise<number | string>;
  /** Ends the process and all it started: asks first, kills after 5 s. */
  stop(): Promise<void>;
}

const LINES_KEPT = 200;
const ASKED_TO_END_MS = 5_000;

/** Starts a process in a group of its own that cannot outlive this one. Throws when it cannot be started at all. */
export async function startProcess(plan: ProcessPlan): Promise<RunningProcess> {
  const child = spawn(plan.command, plan.args, {
    env: plan.env,
    cwd: plan.cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: detachedForGroup,
    windowsHide: true,
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) => reject(new Error(`${plan.name} could not be started: ${cause.message}`, { cause })));
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${plan.name} was started but has no process id.`);
  const liftGuard = guardGroup(pid);

  const log = createWriteStream(plan.logFile, { flags: 'a' });
  const lines: string[] = [];
  const watchers = new Set<(line: string) => void>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`);
      lines.push(line);
      if (lines.length > LINES_KEPT) lines.shift();
      plan.onLine?.(line);
      for (const watch of watchers) watch(line);
    });
  }
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => {
      log.end();
      resolve(code ?? signal ?? 'unknown');
    });
  });
  const lastLines = (): string => lines.join('\n');

  return {
    pid,
    lastLines,
    ended,
    line: (pattern, timeoutMs) =>
      new Promise((resolve, reject) => {
        const settle = (action: () => void): void => {
          clearTimeout(timer);
          watchers.delete(look);
          action();
        };
        const look = (line: string): void => {
          const match = line.match(pattern);
          if (match !== null) settle(() => resolve(match));
        };
        const fail = (why: string): void =>
          settle(() => reject(new Error(`${plan.name} ${why}. Its last lines:\n${lastLines()}`)));
        const timer = setTimeout(
          () => fail(`printed nothing like ${pattern.source} for ${timeoutMs / 1000} s`),
          timeoutMs,
        );
        watchers.add(look);
        for (const line of [...lines]) look(line);
        void ended.then((status) => fail(`ended (${status}) before it printed ${pattern.source}`));
      }),
    async stop() {
      signalGroup(pid, 'SIGTERM');
      const deadline = Date.now() + ASKED_TO_END_MS;
      while ((await groupIsAlive(pid)) && Date.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 25));
      signalGroup(pid, 'SIGKILL');
      await ended;
      liftGuard();
    },
  };
}
