import type { Schema, Type } from '@google/genai';
import type { ToolDeclaration } from '../settings.ts';
import { schemaOf } from '../setup/tool-schema.ts';
import { asRecord, enumValue, type WireRecord } from '../wire/json.ts';

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
