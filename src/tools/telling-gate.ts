import type { Gate } from '../gate/gate.ts';
import type { CallLine } from './call-line.ts';
import type { ToolContext } from './tool.ts';

/** The context of a call whose tool may ask the person first: it is told what is done from the moment they agree. */
export interface BeginningContext extends ToolContext {
  readonly callLine: Pick<CallLine, 'begun'>;
}

/** The gate for one call: when the person agrees, the call's line says so. */
export function tellingGate(
  gate: Pick<Gate, 'confirm' | 'mask'>,
  context: ToolContext | BeginningContext,
  line: string,
): Pick<Gate, 'confirm' | 'mask'> {
  return {
    mask: (text) => gate.mask(text),
    async confirm(action, signal) {
      const answer = await gate.confirm(action, signal);
      if (answer === 'yes' && 'callLine' in context) context.callLine.begun(line);
      return answer;
    },
  };
}
