import type { FunctionResponseScheduling } from '@google/genai';
import type { SdkSession } from './sdk.ts';
import { wire } from '../wire/wire-name.ts';
import type { Control } from '../uplink/uplink.ts';

/** Says a control in the words of the Live API. */
export function sendControl(session: SdkSession, control: Exclude<Control, { type: 'still' }>): void {
  switch (control.type) {
    case 'text': {
      const { path, text, notes } = control;
      if (path === 'realtimeInput') session.sendRealtimeInput({ text: [...notes, text].join('\n\n') });
      else session.sendClientContent({ turns: [userTurn([...notes, text])], turnComplete: true });
      return;
    }
    case 'notes':
      session.sendClientContent({ turns: [userTurn(control.notes)], turnComplete: false });
      return;
    case 'endTurn':
      session.sendClientContent({ turnComplete: true });
      return;
    case 'toolAnswer':
      // The SDK's classes for these carry nothing but their fields, and their values would load the SDK with this file.
      // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
      session.sendToolResponse({ functionResponses: [functionResponse(control)] });
  }
}

const userTurn = (texts: readonly string[]) => ({ role: 'user', parts: texts.map((text) => ({ text })) });

function functionResponse({ id, name, response, scheduling }: Extract<Control, { type: 'toolAnswer' }>) {
  if (scheduling === undefined) return { id, name, response };
  return { id, name, response, scheduling: wire<FunctionResponseScheduling>(scheduling) };
}
