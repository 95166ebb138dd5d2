// Who decides what the service says: a script in tests, the modest assistant when the server runs by itself.
import type { Conversation } from '../session/conversation.ts';
import type { Utterance } from '../session/hearing.ts';
import type { FunctionResponse, Picture } from '../wire/message-rules.ts';
import type { Actions } from './actions.ts';

export type Cue =
  | { kind: 'setup'; resumed: boolean }
  | { kind: 'speech-started' }
  | { kind: 'speech'; utterance: Utterance }
  | { kind: 'text'; text: string }
  | { kind: 'prompt' }
  | { kind: 'tool-response'; responses: readonly FunctionResponse[] }
  | { kind: 'picture'; picture: Picture }
  | { kind: 'reply-finished' }
  | { kind: 'interrupted' };

export interface Reaction extends Actions {
  /** What was understood of the speech. */
  hear?: string;
}

export interface Responder {
  /** Undefined: nobody expected this. `conversation` ends with what the cue brought. */
  react(cue: Cue, conversation: Conversation): Reaction | undefined;
}
