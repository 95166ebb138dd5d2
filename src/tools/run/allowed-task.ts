import { askPerson } from './ask-person.ts';
import type { Gate } from '../../gate/gate.ts';
import { failed, type ToolResult } from '../tool.ts';
import { describeTask, type NamedTask } from './named-task.ts';
import { runToEnd } from './task-run.ts';

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
