import { EventEmitter } from 'node:events';
import type { ToolAnswer, ToolCall } from '../tool-call.ts';
import type { Delivery } from '../uplink/delivery.ts';
import type { FunctionCall } from '../wire/live-event.ts';
import type { WireRecord } from '../wire/json.ts';

interface OpenCallEvents {
  answer: [answer: ToolAnswer];
}

export class OpenCall extends EventEmitter<OpenCallEvents> implements ToolCall {
  readonly id: string;
  readonly name: string;
  readonly args: WireRecord;
  readonly #ending = new AbortController();
  result: ToolAnswer | undefined;
  /** Follows the answer, each time it is sent. */
  delivery: Delivery | undefined;
  /** A turn has ended since the model had the answer: it has said what there was to say. */
  wasUsed = false;
  /** The session on this connection does not want the answer any more. */
  isWithdrawn = false;
  /** The session on this connection, or the last one, knows the call. */
  isKnown = true;
  /** So does a session that is resumed with the newest handle. */
  inHandle = false;

  constructor({ id, name, args }: FunctionCall) {
    super();
    this.id = id;
    this.name = name;
    this.args = args;
  }

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  get isAnswered(): boolean {
    return this.result !== undefined;
  }

  answer(answer: ToolAnswer): void {
    this.emit('answer', answer);
  }

  abort(): void {
    this.#ending.abort();
  }
}
