import type { Gate } from '../gate/gate.ts';
import type { ToolContext } from './tool.ts';

/** The context of a call whose tool may ask the person first: it is told what is done from the moment they agree. */
export interface BeginningContext extends ToolContext {
  /** @param line as `Runs npm test` */
  readonly begun: (line: string) => void;
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
      if (answer === 'yes' && 'begun' in context) context.begun(line);
      return answer;
    },
  };
}
