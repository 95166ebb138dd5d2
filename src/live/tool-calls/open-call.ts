import type { Delivery } from '../uplink/delivery.ts';
import type { ToolAnswer, ToolCall } from '../tool-call.ts';
import type { WireRecord } from '../wire/json.ts';

interface OpenCallOptions {
  readonly id: string;
  readonly name: string;
  readonly args: WireRecord;
  readonly onAnswer: (answer: ToolAnswer) => void;
}

/** A call of the model, and what has become of it. */
export class OpenCall implements ToolCall {
  readonly id: string;
  readonly name: string;
  readonly args: WireRecord;
  readonly #onAnswer: (answer: ToolAnswer) => void;
  readonly #ending = new AbortController();
  /** The first answer, once there is one. */
  result: ToolAnswer | undefined;
  /** Of the answer, each time it is sent. */
  delivery: Delivery | undefined;
  /** A turn has ended since the model had the answer: what there was to say to it has been said. */
  wasUsed = false;
  /** The session on the present connection does not want the answer any more. */
  isWithdrawn = false;
  /** The session on the present connection, or the last one while there is none, knows the call. */
  isKnown = true;
  /** So does a session that is resumed with the newest handle. */
  inHandle = false;

  constructor({ id, name, args, onAnswer }: OpenCallOptions) {
    this.id = id;
    this.name = name;
    this.args = args;
    this.#onAnswer = onAnswer;
  }

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  get isAnswered(): boolean {
    return this.result !== undefined;
  }

  answer(answer: ToolAnswer): void {
    this.#onAnswer(answer);
  }

  abort(): void {
    this.#ending.abort();
  }
}
