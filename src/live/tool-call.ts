import type { LivePicture } from './uplink/picture-queue.ts';
import type { WireRecord } from './wire/json.ts';

/** One call of the model. It waits for its answer, so a listener of `toolCall` answers whatever happens. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** As the model sent it, with what was declared as JSON in a text read: nothing about it is checked. */
  readonly args: WireRecord;
  /** Aborted when nobody waits for the answer any more: the call was cancelled, or the session is over. */
  readonly signal: AbortSignal;
  /** The first answer counts, also while reconnecting; later ones, and those after the abort, do nothing. */
  answer(answer: ToolAnswer): void;
}

export interface ToolAnswer {
  /** JSON; an `error` in it says what went wrong. */
  readonly response: Readonly<Record<string, unknown>>;
  /** The model need not speak because of it. Only some models know the difference. */
  readonly quiet?: boolean;
  /** Sent right before the answer, in this order. */
  readonly stills?: readonly LivePicture[];
  /** Answered in the place of `response` where one of `stills` is not wanted any more when it is to be sent. */
  readonly withoutStills?: Readonly<Record<string, unknown>>;
}
