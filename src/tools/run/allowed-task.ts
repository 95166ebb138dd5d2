import * as vscode from 'vscode';
import type { Gate } from '../../gate/gate.ts';
import { failed, type ToolResult } from '../tool.ts';
import { askPerson } from './ask-person.ts';
import { describeTask, type NamedTask } from './named-task.ts';
import { Output } from './output.ts';
import { atMost, collect } from './terminals.ts';

/** How long a task is waited for; builds and tests of a project take their time. */
export const TASK_LIMIT_S = 120;
/** A task that watches, or serves, has said by then whether it has begun well. */
const BACKGROUND_LIMIT_S = 5;

/** Runs a task that the person allows, now or always, and tells how it went. */
export async function runAllowed(
  gate: Pick<Gate, 'confirm' | 'mask'>,
  named: NamedTask,
  tasks: readonly NamedTask[],
  signal: AbortSignal,
): Promise<ToolResult> {
  const { label, task } = named;
  const { detail, key } = await describeTask(named, tasks);
  const refused = await askPerson(
    gate,
    {
      kind: 'run',
      title: `Run the task “${label}”?`,
      detail: `${detail}\n\nWhat it writes is sent to Gemini.`,
      button: 'Run',
      ...(key !== undefined && { always: { key, label: 'Always Allow This Task' } }),
    },
    signal,
  );
  if (refused !== undefined) return refused;
  const limitS = task.isBackground ? BACKGROUND_LIMIT_S : TASK_LIMIT_S;
  const outcome = await runToEnd(task, limitS * 1_000, signal);
  if (outcome.kind === 'cancelled') return failed('Nobody waited for it any more.');
  const output =
    outcome.output?.read((text) => gate.mask(text)) ??
    'not to be had for a task of this kind; the person sees it in its terminal.';
  if (outcome.kind === 'running') {
    const stillRunning = `It has not ended after ${limitS} s and runs on in its terminal.`;
    return { response: { status: 'ok', task: label, stillRunning, output } };
  }
  const exitCode = outcome.exitCode ?? 'unknown';
  return {
    response: { status: 'ok', task: label, exitCode, output },
    line: { text: `Ran the task ${label}: ${exitCode === 0 ? 'it succeeded' : `exit code ${exitCode}`}` },
  };
}

/** How a task went. `output`: absent where VS Code does not give it. */
type TaskOutcome =
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
async function runToEnd(task: vscode.Task, limitMs: number, signal: AbortSignal): Promise<TaskOutcome> {
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
