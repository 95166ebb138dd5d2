import '../protocol/zod.ts';
import * as vscode from 'vscode';
import * as z from 'zod';
import type { Gate } from '../gate/gate.ts';
import { runAllowedCommand } from './run/allowed-command.ts';
import { DECISION_LIMIT_MS } from './run/ask-person.ts';
import { privateFileNamed } from './run/named-files.ts';
import type { Terminals } from './run/terminals.ts';
import { shown } from './shown-path.ts';
import { failed, tool, type Tool } from './tool.ts';

/** Longer ones nobody reads before they agree. */
const MAX_COMMAND_LENGTH = 1_000;
const DEFAULT_TIMEOUT_S = 30;
const MAX_TIMEOUT_S = 120;
/** For a terminal to be opened; before that one may have to become free. */
const SLACK_MS = 15_000;

export type RunGate = Pick<Gate, 'confirm' | 'isExcludedName' | 'mask' | 'relative'>;

/** One command line, in a terminal that the person sees, after they have read and agreed to it. Every time. */
export function runInTerminal(gate: RunGate, terminals: Terminals): Tool {
  return tool({
    name: 'run_in_terminal',
    kind: 'run',
    description:
      'Runs one command line in a terminal in the folder of the workspace, and returns its output and exit code. The person is asked each time and sees exactly what will run, so call it only when they want it, or when nothing else answers their question: reading, searching and problems have tools of their own.',
    timeLimitMs: DECISION_LIMIT_MS + 2 * MAX_TIMEOUT_S * 1_000 + SLACK_MS,
    schema: z.object({
      command: z
        .string()
        .min(1)
        .max(MAX_COMMAND_LENGTH)
        .refine((command) => !/\p{Cc}/u.test(command), 'must be one line, without control characters')
        .describe('One line, for the shell of the person. Nothing that waits for input.'),
      timeoutSeconds: z
        .number()
        .min(1)
        .max(MAX_TIMEOUT_S)
        .optional()
        .describe(`How long to wait for its end, ${DEFAULT_TIMEOUT_S} if absent. What takes longer runs on.`),
    }),
    line: ({ command }) => ({ text: `Ran ${command}`, asking: `Asks to run ${command}` }),
    async run({ command, timeoutSeconds = DEFAULT_TIMEOUT_S }, context) {
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
      if (folder === undefined) return failed('No folder is open, so there is nowhere to run it.');
      const named = await privateFileNamed(
        command,
        [folder],
        (uri) => gate.relative(uri) !== undefined && gate.isExcludedName(uri),
      );
      if (named !== undefined) {
        return {
          ...failed(`${JSON.stringify(named)} is private (talkthrough.privacy.exclude), so no command with it is run.`),
          line: { text: `Did not run ${shown(command)}: it names a private file` },
        };
      }
      return runAllowedCommand(
        gate,
        terminals,
        { command, folder, what: shown(command), title: 'Run this command in the terminal?', limitS: timeoutSeconds },
        context,
      );
    },
  });
}
