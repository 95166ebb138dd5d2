import type { FunctionCall } from './messages.ts';
import type { Control } from './uplink.ts';

/**
 * The answer to a call of a tool that nobody declared: an error, so that the model goes on instead of waiting for ever.
 *
 * @returns undefined for a call without an id: an answer has to name its call, and one that does not closes the connection.
 */
export function answerUndeclared({ id, name }: FunctionCall): Control | undefined {
  return id === '' ? undefined : { type: 'toolError', id, name, message: `There is no tool named "${name}".` };
}
