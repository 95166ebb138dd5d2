import type { LivePicture } from './uplink/picture-queue.ts';
import type { WireRecord } from './wire/json.ts';

/** One call of the model, which waits until it is answered. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** What was declared as JSON in a text is read; nothing is checked. */
  readonly args: WireRecord;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** The first answer counts, also while reconnecting. */
  answer(answer: ToolAnswer): void;
}

export interface ToolAnswer {
  /** JSON; an `error` in it says what went wrong. */
  readonly response: Readonly<Record<string, unknown>>;
  /** The model need not speak because of it. Only some models know the difference. */
  readonly quiet?: boolean;
  /** Sent right before the answer, in this order. */
  readonly stills?: readonly LivePicture[];
  /** Sent instead of `response` where nobody wants one of the stills any more. */
  readonly withoutStills?: Readonly<Record<string, unknown>>;
}
