// The tool calls by which the assistant finds out what one question needs.
import { randomInt } from 'node:crypto';
import type { Actions } from '../script/actions.ts';
import { stringAt, type JsonObject } from '../wire/json-value.ts';
import type { FunctionResponse } from '../wire/message-rules.ts';

/** Why a question cannot be answered, as a sentence to say. */
export class CannotTell extends Error {}

interface InquiryLine {
  act(actions: Actions): void;
  declaredTools(): readonly string[];
}

export class Inquiry {
  readonly #line: InquiryLine;
  /** Calls without an answer, by id. */
  readonly #waiting = new Map<string, (response: JsonObject) => void>();
  #isOver = false;

  constructor(line: InquiryLine) {
    this.#line = line;
  }

  can(name: string): boolean {
    return this.#line.declaredTools().includes(name);
  }

  /**
   * Calls a tool and waits for what it answers.
   *
   * @throws CannotTell where nobody declared it, it says that it could not, or the person has gone on
   */
  async call(name: string, args: JsonObject = {}): Promise<JsonObject> {
    if (!this.can(name)) throw new CannotTell(`I cannot find that out: nobody gave me the tool ${name}.`);
    if (this.#isOver) throw new CannotTell('That was another question.');
    const id = `assistant-${randomInt(2 ** 47)}`;
    const response = await new Promise<JsonObject>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#line.act({ toolCall: { id, name, args } });
    });
    if (stringAt(response, 'status') === 'ok') return response;
    throw new CannotTell(stringAt(response, 'message') ?? `The tool ${name} could not do it.`);
  }

  /** As `call`, where the answer only adds something: nothing when there is none. */
  async tryCall(name: string, args: JsonObject = {}): Promise<JsonObject | undefined> {
    try {
      return await this.call(name, args);
    } catch (error) {
      if (error instanceof CannotTell) return undefined;
      throw error;
    }
  }

  onResponses(responses: readonly FunctionResponse[]): void {
    for (const { id, response } of responses) {
      const resolve = this.#waiting.get(id);
      this.#waiting.delete(id);
      resolve?.(response);
    }
  }

  /** The person has gone on: it calls nothing any more. */
  end(): void {
    this.#isOver = true;
  }
}
