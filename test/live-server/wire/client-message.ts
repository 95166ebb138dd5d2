// One frame from the client, read as strictly as Google reads it.
import { isObject, type JsonObject, type JsonValue } from './json-value.ts';
import { readMessage } from './proto-json.ts';
import { clientMessageType, type Service } from './protos.ts';
import { invalidArgument, invalidJson } from './reasons.ts';

export type ClientMessage =
  | { kind: 'setup'; setup: JsonObject }
  | { kind: 'clientContent'; clientContent: JsonObject }
  | { kind: 'realtimeInput'; realtimeInput: JsonObject }
  | { kind: 'toolResponse'; toolResponse: JsonObject }
  | { kind: 'contextUpdate'; contextUpdate: JsonObject };

function parseJson(text: string): JsonValue {
  try {
    // JSON.parse returns `any`; its result is JSON by definition.
    return JSON.parse(text) as JsonValue;
  } catch {
    throw invalidJson(`Unexpected token.\n${text.slice(0, 40)}`);
  }
}

function isUnset(value: JsonValue | undefined): boolean {
  return value === undefined || value === null;
}

/**
 * `sessionResumption: {handle: null}` is refused although proto3 JSON reads null as unset (docs/live-api.md, "Resuming
 * a session").
 */
function refuseNullHandle(message: JsonObject): void {
  const setup = message['setup'];
  if (!isObject(setup)) return;
  const resumption = setup['sessionResumption'] ?? setup['session_resumption'];
  if (isObject(resumption) && 'handle' in resumption && resumption['handle'] === null) throw invalidArgument();
}

/**
 * Reads a frame.
 * @returns the JSON as it came, and the message with canonical names
 * @throws Violation for anything Google's parser refuses
 */
export function readClientMessage(text: string, service: Service): { json: JsonObject; message: ClientMessage } {
  const json = parseJson(text);
  const read = readMessage(clientMessageType(service), json);
  if (!isObject(json) || !isObject(read)) throw invalidJson('Root element must be a message.');
  refuseNullHandle(json);
  const { setup, clientContent, realtimeInput, toolResponse, contextUpdate } = read;
  const set = [setup, clientContent, realtimeInput, toolResponse, contextUpdate].filter((part) => !isUnset(part));
  if (set.length > 1) throw invalidJson("oneof field 'message_type' is already set.");
  if (isObject(setup)) return { json, message: { kind: 'setup', setup } };
  if (isObject(clientContent)) return { json, message: { kind: 'clientContent', clientContent } };
  if (isObject(realtimeInput)) return { json, message: { kind: 'realtimeInput', realtimeInput } };
  if (isObject(toolResponse)) return { json, message: { kind: 'toolResponse', toolResponse } };
  if (isObject(contextUpdate)) return { json, message: { kind: 'contextUpdate', contextUpdate } };
  throw invalidArgument();
}
