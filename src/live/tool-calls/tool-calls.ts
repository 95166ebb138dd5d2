import { EventEmitter } from 'node:events';
import type { LiveLog } from '../log.ts';
import type { ModelCapabilities } from '../models.ts';
import type { SessionPart } from '../session-part.ts';
import type { ToolDeclaration } from '../settings.ts';
import type { ToolAnswer, ToolCall } from '../tool-call.ts';
import { Delivery } from '../uplink/delivery.ts';
import type { Uplink } from '../uplink/uplink.ts';
import type { WireRecord } from '../wire/json.ts';
import type { FunctionCall, LiveEvent } from '../wire/live-event.ts';
import { OpenCall, argumentsFor } from './open-call.ts';

export interface ToolCallsOptions {
  readonly declared: readonly ToolDeclaration[];
  readonly capabilities: Pick<ModelCapabilities, 'scheduling'>;
  readonly log: LiveLog;
  readonly uplink: Uplink;
}

interface ToolCallsEvents {
  /** Whoever listens answers the call, whatever happens. */
  call: [call: ToolCall];
  /** `quiet`: the model need not speak because of it. */
  answered: [quiet: boolean];
  /** A result for a call that cannot be answered any more, as a note. */
  lateResult: [topic: string, note: string];
}

const PICTURE_GONE = { status: 'error', message: 'What the picture showed is not shared any more.', retry: false };

/** A model with more open calls has lost its way. */
const MAX_CALLS = 64;

/**
 * Answers each call exactly once: without an answer the model waits for ever, and an answer to an unknown call closes
 * the socket (1007). A resumed session waits for the answer if the service had made the call when it gave the handle,
 * and had neither read the answer nor cancelled the call.
 */
export class ToolCalls extends EventEmitter<ToolCallsEvents> implements SessionPart {
  readonly #options: ToolCallsOptions;
  readonly #declared: ReadonlyMap<string, ToolDeclaration>;
  readonly #calls = new Map<string, OpenCall>();
  #connected = false;

  constructor(options: ToolCallsOptions) {
    super();
    this.#options = options;
    this.#declared = new Map(options.declared.map((tool) => [tool.name, tool]));
  }

  get open(): number {
    let open = 0;
    for (const { isAnswered, isKnown } of this.#calls.values()) if (!isAnswered && isKnown) open += 1;
    return open;
  }

  onEvent(event: LiveEvent): void {
    if (event.type === 'toolCall') for (const call of event.calls) this.#called(call);
    else if (event.type === 'toolCallCancellation') this.#cancelled(event.ids);
    else if (event.type === 'turnComplete') this.#turnEnded();
  }

  onHandle(): void {
    for (const call of this.#calls.values()) {
      if (!call.isKnown) continue;
      // An answer that nobody waits for ends the connection.
      if (call.isWithdrawn || call.delivery?.isLikelyInNewHandle === true) this.#calls.delete(call.id);
      else call.inHandle = true;
    }
  }

  /** Results that the next session cannot be answered with go into its instructions. */
  onConnecting(resumed: boolean): void {
    for (const call of [...this.#calls.values()]) {
      if (call.isAnswered && !(resumed && call.inHandle)) this.#giveUp(call);
    }
  }

  onConnected(resumed: boolean): void {
    this.#connected = true;
    for (const call of [...this.#calls.values()]) {
      call.isKnown = call.inHandle = resumed && call.inHandle;
      call.isWithdrawn = false;
      if (!call.isAnswered) continue;
      if (call.isKnown) this.#send(call);
      else this.#giveUp(call);
    }
  }

  onDisconnected(): void {
    this.#connected = false;
  }

  dispose(): void {
    this.#connected = false;
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    for (const call of calls) call.abort();
  }

  /** They are answered all the same: some services were seen to wait for it (docs/live-api.md, "Tool calls"). */
  #cancelled(ids: readonly string[]): void {
    for (const id of ids) {
      const call = this.#calls.get(id);
      if (call === undefined) continue;
      call.isWithdrawn = true;
      if (call.isAnswered) continue;
      this.#answer(call, { response: { status: 'cancelled' }, quiet: true });
      call.abort();
    }
  }

  #turnEnded(): void {
    for (const call of this.#calls.values()) call.wasUsed ||= call.delivery?.isConfirmed === true;
  }

  #called({ id, name, args }: FunctionCall): void {
    const { log } = this.#options;
    if (id === '') {
      log.warn(`a call of "${name}" without an id: it cannot be answered`);
      return;
    }
    const known = this.#calls.get(id);
    if (known !== undefined) {
      this.#calledAgain(known);
      return;
    }
    const tool = this.#declared.get(name);
    const asked = tool === undefined ? args : argumentsFor(tool.parametersJsonSchema, args);
    const call = new OpenCall({ id, name, args: asked });
    call.on('answer', (answer) => this.#answer(call, answer));
    this.#calls.set(id, call);
    this.#forgetOldest();
    if (tool === undefined) {
      log.warn('the model called a tool that is not declared');
      this.#answer(call, noSuchTool(name));
    } else if (this.#calls.size > MAX_CALLS) {
      log.warn(`the model has ${MAX_CALLS} calls open`);
      this.#answer(call, { response: { error: 'Too many calls at once. Wait for their results.' } });
    } else {
      this.emit('call', call);
    }
  }

  /** A repetition on the same connection. On a later one the service waits after all. */
  #calledAgain(call: OpenCall): void {
    if (call.isKnown) return;
    call.isKnown = true;
    if (call.isAnswered) this.#send(call);
  }

  /** Answered calls are kept to know a repetition, and for the next connection. */
  #forgetOldest(): void {
    for (const call of this.#calls.values()) {
      if (this.#calls.size <= MAX_CALLS) return;
      if (call.isAnswered) this.#calls.delete(call.id);
    }
  }

  #answer(call: OpenCall, answer: ToolAnswer): void {
    if (call.isAnswered || !this.#calls.has(call.id)) return;
    call.result = isJson(answer) ? answer : { response: { error: 'The result could not be written as JSON.' } };
    if (!this.#connected) return;
    if (call.isKnown) this.#send(call);
    else this.#giveUp(call);
  }

  #send(call: OpenCall): void {
    if (call.result === undefined) return;
    const { response, quiet = false, stills = [], withoutStills = PICTURE_GONE } = call.result;
    const scheduling = this.#options.capabilities.scheduling
      ? ({ scheduling: quiet ? 'SILENT' : 'WHEN_IDLE' } as const)
      : {};
    const delivery = (call.delivery = new Delivery());
    const { id, name } = call;
    this.#options.uplink.pushControl({
      type: 'toolAnswer',
      id,
      name,
      response,
      stills,
      withoutStills,
      delivery,
      ...scheduling,
    });
    this.emit('answered', quiet);
  }

  /** What was found may still be of use, as a note. */
  #giveUp(call: OpenCall): void {
    this.#calls.delete(call.id);
    if (call.wasUsed || call.result === undefined) return;
    const { id, name, args, result } = call;
    // Without its pictures an answer would speak of what was not shown.
    if (result.quiet === true || (result.stills ?? []).length > 0) return;
    this.emit('lateResult', `result of ${name} (${id})`, asNote(name, args, result.response));
  }
}

function isJson({ response }: ToolAnswer): boolean {
  try {
    return JSON.stringify(response).startsWith('{');
  } catch {
    return false;
  }
}

/** An error, so that the model goes on. */
export function noSuchTool(name: string): ToolAnswer {
  return { response: { error: `There is no tool named "${name}".` } };
}

/** About 1,000 tokens: this is only the rest of an earlier question. */
const MAX_RESULT_LENGTH = 4_000;
const MAX_ARGS_LENGTH = 500;

function asNote(name: string, args: WireRecord, response: Readonly<Record<string, unknown>>): string {
  const asked = cut(JSON.stringify(args), MAX_ARGS_LENGTH);
  const found = cut(JSON.stringify(response), MAX_RESULT_LENGTH);
  return `Before the connection was renewed you called ${name} with ${asked}. It has found: ${found}. Do not answer that call.`;
}

const cut = (json: string, length: number) => (json.length <= length ? json : `${json.slice(0, length)} (cut here)`);
