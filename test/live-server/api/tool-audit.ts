// What became of the tool calls of one session, over all its connections: the rule that each is answered exactly once, by
// whoever knows it, and that the model hears all the same what a call found whose session is gone.
import type { ToolCallRecord } from '../session/tool-calls.ts';
import { isObject, listAt, stringAt, type JsonObject, type JsonValue } from '../wire/json-value.ts';
import type { ConnectionRecord } from './record.ts';

export interface ToolRules {
  /**
   * Whether the client knows of this call, which may have been lost on its way, and its tool finds what the model is to be
   * told also where it cannot be answered any more.
   */
  mustBeTold: (call: ToolCallRecord) => boolean;
  /** Whether a response was made after the client had ended the session. */
  isLate?: (response: JsonObject) => boolean;
}

export interface ToolAudit {
  /** What the client did wrong, a sentence each. */
  faults: string[];
  /** What it has still to do, a sentence each. */
  missing: string[];
  calls: number;
  answered: number;
  /** Answered on more than one connection, since the session was resumed at a point before the first answer. */
  answeredAgain: number;
  cancelled: number;
  /** Their session was gone before it had an answer. */
  lost: number;
  /** As context, of those lost. */
  told: number;
}

/** One connection's knowledge of a call. */
interface Known {
  record: ConnectionRecord;
  call: ToolCallRecord;
}

export function auditToolCalls(records: readonly ConnectionRecord[], rules: ToolRules): ToolAudit {
  const histories = historiesOf(records);
  const audit: ToolAudit = {
    faults: records.flatMap((record) => faultsOf(record, rules)),
    missing: [],
    calls: histories.length,
    answered: 0,
    answeredAgain: 0,
    cancelled: 0,
    lost: 0,
    told: 0,
  };
  for (const history of histories) judge(history, records, rules, audit);
  return audit;
}

/** By call, the connections that knew it, in order. */
function historiesOf(records: readonly ConnectionRecord[]): Known[][] {
  const histories = new Map<string, Known[]>();
  for (const record of records) {
    for (const call of record.toolCalls.calls) {
      const history = histories.get(call.id) ?? [];
      history.push({ record, call });
      histories.set(call.id, history);
    }
  }
  return [...histories.values()];
}

function faultsOf({ index, toolCalls }: ConnectionRecord, { isLate }: ToolRules): string[] {
  const faults = toolCalls.faults.map((fault) => `#${index}: ${fault}`);
  for (const { id, answers } of toolCalls.calls) {
    if (answers.length > 1) faults.push(`#${index}: ${answers.length} answers to "${id}"`);
    if (answers.some(({ answer }) => isLate?.(answer.response) === true)) {
      faults.push(`#${index}: an answer to "${id}" after the end of the session`);
    }
  }
  return faults;
}

function judge(history: Known[], records: readonly ConnectionRecord[], rules: ToolRules, audit: ToolAudit): void {
  const last = history.at(-1);
  if (last === undefined) return;
  const { record, call } = last;
  const answers = history.filter((known) => known.call.answers.length > 0).length;
  const wasCancelled = history.some((known) => known.call.cancelled);
  if (answers > 0) audit.answered += 1;
  if (answers > 1) audit.answeredAgain += 1;
  if (wasCancelled) audit.cancelled += 1;
  if (call.answers.length > 0 || call.cancelled) return;
  const later = records.slice(records.indexOf(record) + 1).filter(({ setup }) => setup !== undefined);
  if (record.open || later.length === 0) {
    audit.missing.push(`#${record.index}: no answer to "${call.id}", ${call.name} ${JSON.stringify(call.args)}`);
    return;
  }
  audit.lost += 1;
  if (later.some((other) => contextOf(other).includes(JSON.stringify(call.args)))) audit.told += 1;
  else if (answers === 0 && !wasCancelled && rules.mustBeTold(call)) {
    audit.missing.push(
      `what "${call.id}" found, ${JSON.stringify(call.args)}, was never told: its session ended with #${record.index}`,
    );
  }
}

/** All that the client has told on a connection in words: with its instructions, as context, beside a question. */
function contextOf({ setup, messages }: ConnectionRecord): string {
  const contents = messages.flatMap(({ json }) =>
    isObject(json) ? [json['clientContent'], json['realtimeInput']] : [],
  );
  const turns = contents.flatMap((content) => [...listAt(content, 'turns'), content]);
  const instruction = isObject(setup) ? setup['systemInstruction'] : undefined;
  return [instruction, ...turns].flatMap(textsOf).join('\n');
}

function textsOf(holder: JsonValue | undefined): string[] {
  if (!isObject(holder)) return [];
  const parts = listAt(holder, 'parts').map((part) => stringAt(part, 'text'));
  return [stringAt(holder, 'text'), ...parts].flatMap((text) => text ?? []);
}
