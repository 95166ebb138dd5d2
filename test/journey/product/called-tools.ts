// Tool calls as the service makes them in a journey, and what the extension answers.
import { stringAt, type JsonObject } from '../../live-server/wire/json-value.ts';
import { say } from './spoken-turns.ts';
import type { Talkthrough } from './talkthrough.ts';

/** Language servers start on their first question, which takes long where several windows share a machine. */
const ANSWER_TIMEOUT_MS = 40_000;
const PRINTED_LENGTH = 200;

export class CalledTools {
  readonly #talk: Talkthrough;
  #made = 0;

  constructor(talk: Talkthrough) {
    this.#talk = talk;
  }

  /** Has the service call a tool. @returns the call's id */
  begin(name: string, args: JsonObject = {}): string {
    this.#made += 1;
    const id = `journey-${this.#made}`;
    this.#talk.server.connection.act({ toolCall: { id, name, args } });
    return id;
  }

  /** What the extension answers to that call; printed, cut. */
  async answer(id: string): Promise<JsonObject> {
    const { responses } = await this.#talk.server.ever(
      'tool-response',
      (event) => event.responses.some((response) => response.id === id),
      `the answer to ${id}`,
      ANSWER_TIMEOUT_MS,
    );
    const found = responses.find((response) => response.id === id);
    if (found === undefined) throw new Error(`no answer to ${id}`);
    say(`${found.name} → ${JSON.stringify(found.response).slice(0, PRINTED_LENGTH)}`);
    return found.response;
  }

  /** Has the service call a tool, and waits for the answer. */
  call(name: string, args: JsonObject = {}): Promise<JsonObject> {
    return this.answer(this.begin(name, args));
  }
}

/** All of an answer as text, to look for something in it. @throws when the tool did not do it */
export function done(response: JsonObject): string {
  const text = JSON.stringify(response);
  if (stringAt(response, 'status') !== 'ok') throw new Error(text);
  return text;
}
