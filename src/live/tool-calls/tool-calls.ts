import type { LiveLog } from '../log.ts';
import type { FunctionCall } from '../wire/live-event.ts';
import { OpenCall } from './open-call.ts';
import { Delivery } from '../uplink/delivery.ts';
import { argumentsFor } from './tool-arguments.ts';
import type { ToolAnswer, ToolCall } from '../tool-call.ts';
import type { ToolDeclaration } from '../settings.ts';
import type { Control } from '../uplink/uplink.ts';
import type { WireRecord } from '../wire/json.ts';

export interface ToolCallsOptions {
  /** What the model was told of, by name. */
  readonly declared: ReadonlyMap<string, ToolDeclaration>;
  /** The model knows `scheduling`. */
  readonly scheduling: boolean;
  readonly log: LiveLog;
  /** Sends on the connection there is. */
  readonly send: (control: Control) => void;
  /** Tells the session's listeners; false when none took it. */
  readonly hand: (call: ToolCall) => boolean;
  /** Tells the model a result that it cannot be answered with any more. */
  readonly note: (call: ToolCall, text: string) => void;
  /** An answer was sent; `quiet`: the model need not speak because of it. */
  readonly answered: (quiet: boolean) => void;
}

/** What is answered where a picture that belongs to the answer may not be sent any more. */
const PICTURE_GONE = { status: 'error', message: 'What the picture showed is not shared any more.', retry: false };

/** Calls remembered. So many open at once are those of a model that has lost its way. */
const MAX_CALLS = 64;

/**
 * Sees to it that each call of the service is answered exactly once: an unanswered one makes the model wait for ever, and an
 * answer to a call that the session does not know closes the socket (1007). Across connections that takes some memory: a
 * resumed session is as it was when its handle was given, so it knows a call, and waits for its answer anew, if and only
 * if the service made the call before it gave the handle, and had neither read the answer nor cancelled the call by then.
 */
export class ToolCalls {
  readonly #options: ToolCallsOptions;
  readonly #calls = new Map<string, OpenCall>();
  #connected = false;

  constructor(options: ToolCallsOptions) {
    this.#options = options;
  }

  /** Calls that somebody is still working on and the model waits for. */
  get open(): number {
    let open = 0;
    for (const { isAnswered, isKnown } of this.#calls.values()) if (!isAnswered && isKnown) open += 1;
    return open;
  }

  called(calls: readonly FunctionCall[]): void {
    for (const call of calls) this.#called(call);
  }

  /** The service does not want them any more. They are answered all the same: some were seen to wait for it. */
  cancelled(ids: readonly string[]): void {
    for (const id of ids) {
      const call = this.#calls.get(id);
      if (call === undefined) continue;
      call.isWithdrawn = true;
      if (call.isAnswered) continue;
      this.#answer(call, { response: { status: 'cancelled' }, quiet: true });
      call.abort();
    }
  }

  /** A handle came: it leads back to what the service knew when it gave it out. */
  onHandle(): void {
    for (const call of this.#calls.values()) {
      if (!call.isKnown) continue;
      // Answering once more who does not wait would end the connection.
      if (call.isWithdrawn || call.delivery?.isLikelyInNewHandle === true) this.#calls.delete(call.id);
      else call.inHandle = true;
    }
  }

  /** A turn of the model has ended. */
  turnEnded(): void {
    for (const call of this.#calls.values()) call.wasUsed ||= call.delivery?.isConfirmed === true;
  }

  connectionLost(): void {
    this.#connected = false;
  }

  /** A connection is about to be made: what its session cannot be answered with is told with its instructions. */
  connecting(resumed: boolean): void {
    for (const call of [...this.#calls.values()]) {
      if (call.isAnswered && !(resumed && call.inHandle)) this.#giveUp(call);
    }
  }

  /** There is a connection. `resumed`: with the newest handle. */
  connected(resumed: boolean): void {
    this.#connected = true;
    for (const call of [...this.#calls.values()]) {
      call.isKnown = call.inHandle = resumed && call.inHandle;
      call.isWithdrawn = false;
      if (!call.isAnswered) continue;
      if (call.isKnown) this.#send(call);
      else this.#giveUp(call);
    }
  }

  /** The session is over. */
  dispose(): void {
    this.#connected = false;
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    for (const call of calls) call.abort();
  }

  #called({ id, name, args }: FunctionCall): void {
    const { log, declared, hand } = this.#options;
    if (id === '') {
      log.warn(`a call of "${name}" without an id: it cannot be answered`);
      return;
    }
    const known = this.#calls.get(id);
    if (known !== undefined) {
      this.#calledAgain(known);
      return;
    }
    const tool = declared.get(name);
    const asked = tool === undefined ? args : argumentsFor(tool.parametersJsonSchema, args);
    const call = new OpenCall({ id, name, args: asked, onAnswer: (answer) => this.#answer(call, answer) });
    this.#calls.set(id, call);
    this.#forgetOldest();
    if (tool === undefined) {
      log.warn('the model called a tool that is not declared');
      this.#answer(call, answerUndeclared(name));
    } else if (this.#calls.size > MAX_CALLS) {
      log.warn(`the model has ${MAX_CALLS} calls open`);
      this.#answer(call, { response: { error: 'Too many calls at once. Wait for their results.' } });
    } else if (!hand(call)) {
      // Nobody listens, or the listener failed. Its own answer, if there was one, stands.
      this.#answer(call, answerUndeclared(name));
    }
  }

  /** The same id once more: on the same connection a repetition, on a later one a call that is waited for after all. */
  #calledAgain(call: OpenCall): void {
    if (call.isKnown) return;
    call.isKnown = true;
    if (call.isAnswered) this.#send(call);
  }

  /** Answered ones are remembered only so that a repetition is known for one, and for the next connection. */
  #forgetOldest(): void {
    for (const call of this.#calls.values()) {
      if (this.#calls.size <= MAX_CALLS) return;
      if (call.isAnswered) this.#calls.delete(call.id);
    }
  }

  #answer(call: OpenCall, answer: ToolAnswer): void {
    if (call.isAnswered || !this.#calls.has(call.id)) return;
    call.result = isJson(answer) ? answer : { response: { error: 'The result could not be written as JSON.' } };
    // Otherwise it waits until it shows whether the next connection knows the call.
    if (!this.#connected) return;
    if (call.isKnown) this.#send(call);
    else this.#giveUp(call);
  }

  #send(call: OpenCall): void {
    if (call.result === undefined) return;
    const { response, quiet = false, stills = [], withoutStills = PICTURE_GONE } = call.result;
    const scheduling = this.#options.scheduling ? ({ scheduling: quiet ? 'SILENT' : 'WHEN_IDLE' } as const) : {};
    const delivery = (call.delivery = new Delivery());
    const { id, name } = call;
    this.#options.send({ type: 'toolAnswer', id, name, response, stills, withoutStills, delivery, ...scheduling });
    this.#options.answered(quiet);
  }

  /** The session that made the call is gone. What was found may still be of use, but it is no answer any more. */
  #giveUp(call: OpenCall): void {
    this.#calls.delete(call.id);
    if (call.wasUsed || call.result === undefined) return;
    const { response, quiet, stills = [] } = call.result;
    // What an answer says of pictures is not so without them.
    if (quiet !== true && stills.length === 0) this.#options.note(call, resultAsNote(call.name, call.args, response));
  }
}

/** An answer that cannot be written would be none at all. */
function isJson({ response }: ToolAnswer): boolean {
  try {
    return JSON.stringify(response).startsWith('{');
  } catch {
    return false;
  }
}

/** The answer to a call of a tool that nobody declared or carries out: an error, so that the model goes on. */
export function answerUndeclared(name: string): ToolAnswer {
  return { response: { error: `There is no tool named "${name}".` } };
}

/** About 1,000 tokens: a tool may have found much, and this is only the rest of an earlier question. */
const MAX_LENGTH = 4_000;
const MAX_ARGS_LENGTH = 500;

/** What a tool found for a call that the model does not know (any more), to be told as it stands. */
export function resultAsNote(name: string, args: WireRecord, response: Readonly<Record<string, unknown>>): string {
  const asked = cut(JSON.stringify(args), MAX_ARGS_LENGTH);
  const found = cut(JSON.stringify(response), MAX_LENGTH);
  return `Before the connection was renewed you called ${name} with ${asked}. It has found: ${found}. Do not answer that call.`;
}

const cut = (json: string, length: number) => (json.length <= length ? json : `${json.slice(0, length)} (cut here)`);
