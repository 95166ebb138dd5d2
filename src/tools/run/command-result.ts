import { failed, type ToolResult } from '../tool.ts';
import type { CommandOutcome } from './terminals.ts';

/**
 * What the model is told of how a command went, and the person where it did not simply end. Output is data; it is masked and
 * bounded.
 *
 * @param what the command, as the person's line calls it
 */
export function commandResult(
  outcome: CommandOutcome,
  what: string,
  limitSeconds: number,
  mask: (text: string) => string,
): ToolResult {
  switch (outcome.kind) {
    case 'ended':
      return {
        response: {
          status: 'ok',
          ...(outcome.exitCode === undefined
            ? { exitCode: 'unknown: the shell did not tell it' }
            : { exitCode: outcome.exitCode }),
          output: outcome.output.read(mask),
        },
      };
    case 'closed':
      return {
        response: {
          status: 'ok',
          ended: 'The terminal was closed while it ran, by the command itself or by the person.',
          ...(outcome.exitCode !== undefined && { exitCode: outcome.exitCode }),
          output: outcome.output.read(mask),
        },
        line: { text: `Ran ${what}: its terminal was closed` },
      };
    case 'running':
      return {
        response: {
          status: 'ok',
          stillRunning: `It has not ended after ${limitSeconds} s and runs on in its terminal; it may wait for input. The person can end it there with Ctrl+C.`,
          output: outcome.output.read(mask),
        },
        line: { text: runsOn(what) },
      };
    case 'unseen':
      return {
        response: {
          status: 'ok',
          output:
            'unknown: it was typed into the terminal, but this shell has no shell integration, so neither its output nor its exit code can be read. Ask the person what it says.',
        },
        line: { text: `Typed ${what} into the terminal: only there can be seen how it went` },
      };
    case 'cancelled':
      return {
        response: { status: 'cancelled', message: 'Nobody waited for it any more.', retry: false },
        quiet: true,
      };
    case 'crowded':
      return {
        ...failed(
          outcome.unseen
            ? 'All terminals of Talkthrough are taken, and their shell does not tell whether anything still runs in them. The person has to close one first.'
            : 'Commands still run in all terminals of Talkthrough. The person has to end or close one first.',
          true,
        ),
        line: { text: `Did not run ${what}: all terminals of Talkthrough are taken, close one first` },
      };
  }
}

/** The line of something that was not waited for to its end. */
export function runsOn(what: string): string {
  return `Runs ${what}: it has not ended and runs on in its terminal`;
}
