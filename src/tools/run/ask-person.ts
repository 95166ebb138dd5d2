import type { Gate } from '../../gate/gate.ts';
import type { ConsentAction } from '../../gate/consent.ts';
import { failed, type ToolResult } from '../tool.ts';

/** As long as a person may be at the coffee machine; the model waits meanwhile, and the question is answered No after it. */
export const DECISION_LIMIT_MS = 5 * 60_000;

/** @returns nothing when the person agrees; else what the call is answered with */
export async function askPerson(
  gate: Pick<Gate, 'confirm'>,
  action: ConsentAction,
  signal: AbortSignal,
): Promise<ToolResult | undefined> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(DECISION_LIMIT_MS)]);
  switch (await gate.confirm(action, bounded)) {
    case 'yes':
      // Stopped in the same moment: nobody waits for the result.
      return signal.aborted ? failed('It was stopped before it ran.') : undefined;
    case 'no':
      return failed('The person did not allow it, so it was not run. Do not ask again unless they want it.');
    case 'refused':
      return failed('The person has not trusted this workspace, so nothing is run in it.');
  }
}
