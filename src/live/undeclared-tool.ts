import type { ToolAnswer } from './tool-call.ts';

/** The answer to a call of a tool that nobody declared or carries out: an error, so that the model goes on. */
export function answerUndeclared(name: string): ToolAnswer {
  return { response: { error: `There is no tool named "${name}".` } };
}
