import '../protocol/zod.ts';
import * as vscode from 'vscode';
import * as z from 'zod';
import { runAllowedCommand } from './run/allowed-command.ts';
import { TASK_LIMIT_S } from './run/allowed-task.ts';
import { knownTasks, testTask } from './run/named-task.ts';
import { scriptsIn } from './run/package-scripts.ts';
import type { Terminals } from './run/terminals.ts';
import type { RunGate } from './run-in-terminal.ts';
import { runNamed, TASK_TOOL_LIMIT_MS } from './run-task.ts';
import { failed, tool, type Tool } from './tool.ts';

const NPM_TEST = 'npm test';
const THE_TESTS = 'the tests';

/** The tests of the workspace, however it runs them: its test task, else the test script of its package. */
export function runTests(gate: RunGate, terminals: Terminals): Tool {
  return tool({
    name: 'run_tests',
    kind: 'run',
    description:
      'Runs the tests of this workspace and returns the exit code and the last of the output. The person is asked first. Call it when they want to know whether the tests pass.',
    timeLimitMs: TASK_TOOL_LIMIT_MS,
    schema: z.object({}),
    line: () => ({ text: 'Ran the tests', asking: 'Asks to run the tests' }),
    async run(_, context) {
      const tasks = await knownTasks();
      const named = testTask(tasks);
      if (named !== undefined) return runNamed(gate, named, tasks, THE_TESTS, context);
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
      const scripts = folder === undefined ? {} : await scriptsIn(folder);
      const script = scripts['test'];
      if (folder === undefined || typeof script !== 'string') {
        return failed(
          'This workspace has no test task and no test script. The person can name one by “Tasks: Configure Default Test Task”.',
        );
      }
      // npm runs those around it, too.
      const steps = ['pretest', 'test', 'posttest'].flatMap((name) => {
        const step = scripts[name];
        return typeof step === 'string' ? [`${name}: ${step}`] : [];
      });
      const asked = {
        command: NPM_TEST,
        steps,
        folder,
        what: THE_TESTS,
        title: 'Run the tests?',
        limitS: TASK_LIMIT_S,
      };
      return runAllowedCommand(gate, terminals, asked, context);
    },
  });
}
