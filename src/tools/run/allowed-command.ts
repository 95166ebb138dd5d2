import type * as vscode from 'vscode';
import type { Gate } from '../../gate/gate.ts';
import { tellingGate } from '../telling-gate.ts';
import type { ToolContext, ToolResult } from '../tool.ts';
import { askPerson } from './ask-person.ts';
import { commandResult } from './command-result.ts';
import type { Terminals } from './terminals.ts';

export interface AskedCommand {
  /** One line, for the shell of the person. */
  readonly command: string;
  /** Beside the command itself: what comes of it, if that is not plain from the command. */
  readonly steps?: readonly string[];
  readonly folder: vscode.Uri;
  /** What its line calls it, as `npm test` in `Runs npm test`. */
  readonly what: string;
  /** The question. */
  readonly title: string;
  /** How long to wait for its end, seconds. */
  readonly limitS: number;
}

/** The person has to know before it happens: nobody else can tell whether it is still wanted. */
const CLOSES_OLDEST =
  'The oldest terminal of Talkthrough is closed for it, with whatever still runs there: there is no room for another one.';

/** Runs a command line that the person allows, this once, and tells how it went. */
export async function runAllowedCommand(
  gate: Pick<Gate, 'confirm' | 'mask'>,
  terminals: Terminals,
  { command, steps = [], folder, what, title, limitS }: AskedCommand,
  context: ToolContext,
): Promise<ToolResult> {
  const where = folder.scheme === 'file' ? folder.fsPath : folder.toString(true);
  const closesOldest = terminals.mustCloseUnseen;
  const detail = [
    [command, ...steps].join('\n'),
    `in ${where}`,
    ...(closesOldest ? [CLOSES_OLDEST] : []),
    'What it writes is sent to Gemini.',
  ].join('\n\n');
  const { signal } = context;
  const telling = tellingGate(gate, context, `Runs ${what}`);
  const refused = await askPerson(telling, { kind: 'run', title, detail, button: 'Run' }, signal);
  if (refused !== undefined) return refused;
  const outcome = await terminals.run(command, folder, limitS * 1_000, signal, closesOldest);
  return commandResult(outcome, what, limitS, (text) => gate.mask(text));
}
