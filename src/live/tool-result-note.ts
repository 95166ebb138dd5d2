import type { WireRecord } from './wire/json.ts';

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
