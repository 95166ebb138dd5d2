// The tool calls of one connection: every call is to be answered exactly once, by its id.
import { randomInt } from 'node:crypto';
import type { ToolCall } from '../script/actions.ts';
import type { JsonObject } from '../wire/json-value.ts';
import type { FunctionResponse } from '../wire/message-rules.ts';
import { invalidArgument, type Violation } from '../wire/reasons.ts';

export interface ToolCallRecord {
  id: string;
  name: string;
  args: JsonObject;
  sentAtMs: number;
  /** In order of arrival; one, unless the client streams with `willContinue`. */
  answers: { atMs: number; answer: FunctionResponse }[];
  cancelled: boolean;
}

export class ToolCallLedger {
  readonly calls: ToolCallRecord[] = [];
  /** What the client did wrong, a sentence each; the first has closed the connection. */
  readonly faults: string[] = [];

  get open(): readonly ToolCallRecord[] {
    return this.calls.filter((call) => !call.cancelled && !isFinished(call));
  }

  issue(calls: readonly ToolCall[]): ToolCallRecord[] {
    const issued = calls.map(({ name, args = {}, id }) => ({
      id: id ?? String(randomInt(1e14, 2 ** 47)),
      name,
      args,
      sentAtMs: performance.now(),
      answers: [],
      cancelled: false,
    }));
    this.calls.push(...issued);
    return issued;
  }

  /** Calls of the session that this connection resumes: they may be answered here, each once. */
  takeOver(calls: readonly ToolCallRecord[]): void {
    this.calls.push(...calls.map((call) => ({ ...call, answers: [], cancelled: false })));
  }

  /** @throws Violation for an id that was never issued here, one that is answered already, or another name */
  answer(responses: readonly FunctionResponse[]): void {
    for (const answer of responses) {
      const call = this.calls.find(({ id }) => id === answer.id);
      if (!call) throw this.#fault(`an answer to "${answer.id}", a call that is not known here`);
      const finished = isFinished(call);
      call.answers.push({ atMs: performance.now(), answer });
      // An answer to a cancelled call may have crossed the cancellation: it is taken and comes to nothing.
      if (finished) throw this.#fault(`a second answer to "${answer.id}"`);
      if (answer.name !== call.name) throw this.#fault(`an answer of "${answer.name}" to a call of "${call.name}"`);
    }
  }

  #fault(what: string): Violation {
    this.faults.push(what);
    return invalidArgument();
  }

  cancel(ids: true | readonly string[]): string[] {
    const cancelled = ids === true ? this.open : this.calls.filter(({ id }) => ids.includes(id));
    for (const call of cancelled) call.cancelled = true;
    return cancelled.map(({ id }) => id);
  }
}

function isFinished(call: ToolCallRecord): boolean {
  return call.answers.some(({ answer }) => !answer.willContinue);
}
