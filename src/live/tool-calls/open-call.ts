import { EventEmitter } from 'node:events';
import type { Schema, Type } from '@google/genai';
import type { ToolAnswer, ToolCall } from '../tool-call.ts';
import type { Delivery } from '../uplink/delivery.ts';
import type { FunctionCall } from '../wire/live-event.ts';
import { type WireRecord, asRecord, enumValue } from '../wire/json.ts';
import type { ToolDeclaration } from '../settings.ts';
import { schemaOf } from '../setup/tool-schema.ts';

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

/** What was declared as a text that holds JSON is read. The tool judges a text that holds none. */
export function argumentsFor(
  parametersJsonSchema: ToolDeclaration['parametersJsonSchema'],
  args: WireRecord,
): WireRecord {
  const { schema, jsonTexts } = schemaOf(parametersJsonSchema);
  return jsonTexts.size === 0 ? args : (asRecord(readBack(args, schema, jsonTexts)) ?? args);
}

function readBack(value: unknown, schema: Schema | undefined, jsonTexts: ReadonlySet<Schema>): unknown {
  if (schema === undefined) return value;
  const { anyOf, items, properties = {} } = schema;
  if (anyOf !== undefined) {
    // Where a text of its own is allowed, a number in it belongs to the text.
    const mayBeText = anyOf.some((choice) => choice.type === enumValue<Type>('STRING') && !jsonTexts.has(choice));
    const read = anyOf.reduce((before, choice) => readBack(before, choice, jsonTexts), value);
    return mayBeText && typeof read !== 'object' ? value : read;
  }
  if (typeof value === 'string') return jsonTexts.has(schema) ? parsed(value) : value;
  if (Array.isArray(value)) return value.map((item) => readBack(item, items, jsonTexts));
  const record = asRecord(value);
  if (record === undefined) return value;
  return Object.fromEntries(
    Object.entries(record).map(([name, inner]) => [
      name,
      // Not what every object inherits.
      readBack(inner, Object.hasOwn(properties, name) ? properties[name] : undefined, jsonTexts),
    ]),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
