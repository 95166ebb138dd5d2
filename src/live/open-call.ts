import type { ToolAnswer, ToolCall } from './tool-call.ts';
import type { WireRecord } from './wire.ts';

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
  /** The answer has been handed to a connection. */
  wasSent = false;
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
