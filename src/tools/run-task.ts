import '../protocol/zod.ts';
import * as z from 'zod';
import { tellingGate } from './telling-gate.ts';
import type { Gate } from '../gate/gate.ts';
import { runAllowed, TASK_LIMIT_S } from './run/allowed-task.ts';
import { DECISION_LIMIT_MS } from './run/ask-person.ts';
import { runsOn } from './run/command-result.ts';
import { knownTasks, taskNamed, type NamedTask } from './run/named-task.ts';
import { shown } from './shown-path.ts';
import { failed, tool, type Tool, type ToolContext, type ToolResult } from './tool.ts';

const MAX_NAMED = 60;
/** Extensions are asked for their tasks, some of which look through the whole workspace. */
const FETCH_LIMIT_MS = 30_000;

/** Longest a task takes to be found, allowed and waited for. */
export const TASK_TOOL_LIMIT_MS = FETCH_LIMIT_MS + DECISION_LIMIT_MS + TASK_LIMIT_S * 1_000;

/** A task that the workspace defines: named, so the person may allow it for good. */
export function runTask(gate: Pick<Gate, 'confirm' | 'mask'>): Tool {
  return tool({
    name: 'run_task',
    kind: 'run',
    description:
      'Runs one of the tasks of this workspace (a build, a check, an npm script) by its name, and returns its exit code and the last of its output. The person is asked first. Call it when they ask for it; a name that does not exist is answered with those that do.',
    timeLimitMs: TASK_TOOL_LIMIT_MS,
    schema: z.object({ name: z.string().min(1).max(200).describe('As VS Code lists it: "build", "npm: lint".') }),
    line: ({ name }) => ({ text: `Ran the task ${name}`, asking: `Asks to run the task ${name}` }),
    async run({ name }, context) {
      const tasks = await knownTasks();
      const named = taskNamed(tasks, name);
      if (named !== undefined) return runNamed(gate, named, tasks, `the task ${shown(name)}`, context);
      if (tasks.length === 0) return failed('This workspace has no tasks.');
      const labels = tasks.slice(0, MAX_NAMED).map(({ label }) => label);
      const more = tasks.length > MAX_NAMED ? `, and ${tasks.length - MAX_NAMED} more` : '';
      return failed(gate.mask(`There is no one task of that name. There are: ${labels.join(', ')}${more}.`), true);
    },
  });
}

/** Runs a task that the person allows. Its line says what is done, from when they have. */
export async function runNamed(
  gate: Pick<Gate, 'confirm' | 'mask'>,
  named: NamedTask,
  tasks: readonly NamedTask[],
  what: string,
  context: ToolContext,
): Promise<ToolResult> {
  const result = await runAllowed(tellingGate(gate, context, `Runs ${what}`), named, tasks, context.signal);
  return 'stillRunning' in result.response ? { ...result, line: { text: runsOn(what) } } : result;
}
