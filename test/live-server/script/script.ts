// The form of a script: a conversation, told one connection after another.
import type { CloseReason } from '../wire/reasons.ts';
import type { Actions, Delivery } from './actions.ts';

/**
 * What a step waits for.
 * setup: setupComplete has just gone out · speech-started, speech: an utterance began, ended · text: typed text ·
 * turn: speech or text · prompt: `clientContent {turnComplete: true}` without turns · tool-response · picture ·
 * reply-finished: its turnComplete went out · interrupted: a reply was cut off
 */
export type StepCue =
  | 'setup'
  | 'speech-started'
  | 'speech'
  | 'text'
  | 'turn'
  | 'prompt'
  | 'tool-response'
  | 'picture'
  | 'reply-finished'
  | 'interrupted';

export interface CuedStep extends Actions {
  on: StepCue;
  /** For text: the step waits for a text that contains this, whatever the case. */
  contains?: string;
  /** For speech: what the service understood, sent as inputTranscription where the setup asked for it. */
  hear?: string;
}

export interface TimedStep extends Actions {
  /** Milliseconds after setupComplete. Independent of the other steps. */
  at: number;
}

export type Step = CuedStep | TimedStep;

export interface ConnectionScript {
  /** `{ status: 403 }` refuses the WebSocket handshake; `'never'` leaves it unanswered. */
  upgrade?: { status: number; body?: string } | 'never';
  /** Instead of setupComplete: silence; or a close, at once on connection or in answer to the setup. */
  setup?: 'never' | { closeAtOnce: CloseReason } | { close: CloseReason } | { terminate: true };
  /**
   * Cued steps wait for their turn: a cue plays the first step not yet played, if that one waits for it.
   * A cue that no step waits for is met with silence and recorded as an `unscripted` event.
   */
  steps?: readonly Step[];
  delivery?: Partial<Delivery>;
}

export interface LiveScript {
  /** The first connection plays the first, and so on. */
  connections: readonly ConnectionScript[];
  /** What every further connection plays; without it they are set up and met with silence. */
  further?: ConnectionScript;
}
