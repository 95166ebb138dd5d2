import * as vscode from 'vscode';
import { Output } from './output.ts';
import { atMost, collect } from './terminals.ts';

/** How a task went. `output`: absent where VS Code does not give it. */
export type TaskOutcome =
  /** `exitCode` is undefined for what is no process. */
  | { readonly kind: 'ended'; readonly exitCode: number | undefined; readonly output: Output | undefined }
  | { readonly kind: 'running'; readonly output: Output | undefined }
  | { readonly kind: 'cancelled' };

/** What was written last may arrive after the end. */
const LAST_OUTPUT_WAIT_MS = 1_000;

/** A command in a terminal that began while the task ran: perhaps the task's own. */
interface Candidate {
  readonly terminal: vscode.Terminal;
  readonly output: Output;
  readonly read: Promise<void>;
}

/**
 * Runs a task as VS Code does, in its own terminal, and waits for its end. The task's output is that of the command in its
 * terminal, which has the task's name; only tasks that run in a shell have one.
 *
 * @param limitMs how long to wait; the task runs on
 */
export async function runToEnd(task: vscode.Task, limitMs: number, signal: AbortSignal): Promise<TaskOutcome> {
  if (signal.aborted) return { kind: 'cancelled' };
  const candidates: Candidate[] = [];
  const ended = new Map<vscode.TaskExecution, number | undefined>();
  const exitCodes = new Map<vscode.TaskExecution, number | undefined>();
  let look: () => void = () => undefined;
  const listeners = [
    vscode.window.onDidStartTerminalShellExecution(({ terminal, execution }) => {
      const output = new Output();
      candidates.push({ terminal, output, read: collect(execution, output) });
    }),
    vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => exitCodes.set(execution, exitCode)),
    vscode.tasks.onDidEndTask(({ execution }) => {
      ended.set(execution, exitCodes.get(execution));
      look();
    }),
  ];
  let timer: NodeJS.Timeout | undefined;
  const onAbort = (): void => look();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const execution = await vscode.tasks.executeTask(task);
    const state = await new Promise<'ended' | 'running' | 'cancelled'>((resolve) => {
      look = () => {
        if (signal.aborted) resolve('cancelled');
        else if (ended.has(execution)) resolve('ended');
      };
      timer = setTimeout(() => resolve('running'), limitMs);
      look();
    });
    if (state === 'cancelled') return { kind: state };
    const own = candidates.findLast(({ terminal }) => terminal.name.includes(task.name));
    if (state === 'running') return { kind: state, output: own?.output };
    if (own !== undefined) await atMost(own.read, LAST_OUTPUT_WAIT_MS);
    return { kind: state, exitCode: ended.get(execution), output: own?.output };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    for (const listener of listeners) listener.dispose();
  }
}
