import type { Schema, Type } from '@google/genai';
import { asList, asNumber, asRecord, asString, enumValue, type WireRecord } from '../wire/json.ts';

export interface DeclaredSchema {
  readonly schema: Schema;
  /** Parts that are declared as text and mean any JSON. */
  readonly jsonTexts: ReadonlySet<Schema>;
}

interface Reading {
  /** The whole, which `$ref` points into. */
  readonly root: unknown;
  readonly jsonTexts: Set<Schema>;
  /** References that are being followed: one inside of itself would never end. */
  readonly following: readonly string[];
}

/**
 * JSON Schema to the part of it that Google's `Schema` knows. The service refuses the whole setup for objects or lists
 * of unknown content, undeclared required names, or a missing type. What is free is declared as a text that holds JSON.
 */
export function schemaOf(json: unknown): DeclaredSchema {
  const jsonTexts = new Set<Schema>();
  return { schema: read(json, { root: json, jsonTexts, following: [] }), jsonTexts };
}

function read(json: unknown, reading: Reading): Schema {
  const source = asRecord(json) ?? {};
  const reference = asString(source['$ref']);
  if (reference !== undefined) return readReference(reference, source, reading);
  const schema: Schema = {};
  addTexts(source, schema);
  addType(source, schema, reading);
  if (schema.type !== undefined) {
    addBounds(source, schema);
    return schema;
  }
  const choices = asList(source['anyOf'] ?? source['oneOf'] ?? source['allOf']);
  const some = choices.filter((choice) => asRecord(choice)?.['type'] !== 'null');
  if (some.length < choices.length) schema.nullable = true;
  const [only] = some;
  if (some.length === 1) return onTop(read(only, reading), schema, reading);
  // Google's schema cannot say what has to hold all at once.
  if (some.length === 0 || source['allOf'] === choices) return asJsonText(schema, reading);
  schema.anyOf = some.map((choice) => read(choice, reading));
  return schema;
}

function readReference(reference: string, source: WireRecord, reading: Reading): Schema {
  const beside: Schema = {};
  addTexts({ description: source['description'] }, beside);
  const target = targetOf(reference, reading.root);
  if (target === undefined || reading.following.includes(reference)) return asJsonText(beside, reading);
  return onTop(read(target, { ...reading, following: [...reading.following, reference] }), beside, reading);
}

/** A JSON pointer into the document (RFC 6901). */
function targetOf(reference: string, root: unknown): unknown {
  if (reference !== '#' && !reference.startsWith('#/')) return undefined;
  let target = root;
  for (const step of reference.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    target = Array.isArray(target) ? asList(target)[Number(name)] : asRecord(target)?.[name];
  }
  return target;
}

/** `beside` wins. */
function onTop(schema: Schema, beside: Schema, { jsonTexts }: Reading): Schema {
  const whole = { ...schema, ...beside };
  if (jsonTexts.delete(schema)) jsonTexts.add(whole);
  return whole;
}

function asJsonText({ description, nullable }: Schema, { jsonTexts }: Reading): Schema {
  const text: Schema = { type: enumValue<Type>('STRING') };
  text.description = description === undefined ? AS_JSON : `${description} (${AS_JSON})`;
  if (nullable !== undefined) text.nullable = nullable;
  jsonTexts.add(text);
  return text;
}

const AS_JSON = 'written as JSON';

/** Types of JSON Schema and of the wire. Of several the first one counts. */
const TYPES = [
  ['object', 'OBJECT'],
  ['array', 'ARRAY'],
  ['string', 'STRING'],
  ['number', 'NUMBER'],
  ['integer', 'INTEGER'],
  ['boolean', 'BOOLEAN'],
] as const;

/** Adds no type where too little is said of it. */
function addType(source: WireRecord, schema: Schema, reading: Reading): void {
  const types = [source['type']].flat().filter((type) => typeof type === 'string');
  if (types.includes('null')) schema.nullable = true;
  const properties = asRecord(source['properties']) ?? {};
  const names = Object.keys(properties);
  const told = TYPES.find(([name]) => types.includes(name))?.[1];
  const type = told ?? (names.length > 0 ? 'OBJECT' : source['items'] === undefined ? undefined : 'ARRAY');
  if (type === undefined || (type === 'OBJECT' && names.length === 0)) return;
  schema.type = enumValue<Type>(type);
  if (type === 'ARRAY') schema.items = read(source['items'], reading);
  if (type !== 'OBJECT') return;
  schema.properties = Object.fromEntries(names.map((name) => [name, read(properties[name], reading)]));
  const required = asList(source['required']).filter((name) => typeof name === 'string' && names.includes(name));
  // Looked at above.
  if (required.length > 0) schema.required = required as string[];
}

function addTexts(source: WireRecord, schema: Schema): void {
  const description = asString(source['description']);
  if (description !== undefined) schema.description = description;
  const pattern = asString(source['pattern']);
  if (pattern !== undefined) schema.pattern = pattern;
  const values = (source['const'] === undefined ? asList(source['enum']) : [source['const']]).filter(
    (value) => typeof value === 'string',
  );
  if (values.length === 0) return;
  schema.enum = values;
  schema.type = enumValue<Type>('STRING');
  schema.format = 'enum';
}

function addBounds(source: WireRecord, schema: Schema): void {
  for (const name of ['minimum', 'maximum'] as const) {
    const bound = asNumber(source[name]);
    // Schema libraries write the bounds of safe integers, which say nothing.
    if (bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER) schema[name] = bound;
  }
  for (const name of ['minItems', 'maxItems', 'minLength', 'maxLength'] as const) {
    const bound = asNumber(source[name]);
    // The JSON of protobuf writes 64-bit numbers as text.
    if (bound !== undefined) schema[name] = String(bound);
  }
}
