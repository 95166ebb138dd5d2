import type { Behavior, FunctionDeclaration, Schema, Tool, Type } from '@google/genai';
import type { ModelCapabilities } from './models.ts';
import type { ToolDeclaration } from './tool-call.ts';
import { wire } from './wire-name.ts';
import { asList, asNumber, asRecord, asString, type WireRecord } from './wire.ts';

/**
 * Tools as the setup takes them. Parameters go as `parameters`, the OpenAPI schema with upper-case types: every model on
 * both services has always taken it, while with `parametersJsonSchema` Live models were seen to call with empty arguments
 * (googleapis/python-genai issue 1147). What that schema does not know (`additionalProperties` closes the socket) is left
 * out, so a tool still has to check its arguments.
 *
 * @returns empty when there are no tools
 */
export function toolsOf(tools: readonly ToolDeclaration[], { toolBehavior }: ModelCapabilities): Tool[] {
  if (tools.length === 0) return [];
  const functionDeclarations = tools.map(({ name, description, parametersJsonSchema }) => {
    const declaration: FunctionDeclaration = { name, description };
    const parameters = schemaOf(parametersJsonSchema);
    // An object without properties is refused; a function without parameters has none to send.
    if (Object.keys(parameters.properties ?? {}).length > 0) declaration.parameters = parameters;
    if (toolBehavior !== undefined) declaration.behavior = wire<Behavior>(toolBehavior);
    return declaration;
  });
  return [{ functionDeclarations }];
}

/** JSON Schema to the part of it that Google's `Schema` knows. */
function schemaOf(json: unknown): Schema {
  const source = asRecord(json) ?? {};
  const schema: Schema = {};
  addType(source, schema);
  addTexts(source, schema);
  addBounds(source, schema);
  const choices = asList(source['anyOf'] ?? source['oneOf']);
  const some = choices.filter((choice) => asRecord(choice)?.['type'] !== 'null');
  if (some.length < choices.length) schema.nullable = true;
  if (some.length === 1) return { ...schemaOf(some[0]), ...schema };
  if (some.length > 1) schema.anyOf = some.map(schemaOf);
  return schema;
}

/** The types of JSON Schema and of the wire; where several are allowed, the first of these. */
const TYPES = [
  ['object', 'OBJECT'],
  ['array', 'ARRAY'],
  ['string', 'STRING'],
  ['number', 'NUMBER'],
  ['integer', 'INTEGER'],
  ['boolean', 'BOOLEAN'],
] as const;

function addType(source: WireRecord, schema: Schema): void {
  const types = [source['type']].flat().filter((type) => typeof type === 'string');
  const type = TYPES.find(([name]) => types.includes(name))?.[1];
  if (types.includes('null')) schema.nullable = true;
  if (type !== undefined) schema.type = wire<Type>(type);
  if (source['items'] !== undefined) schema.items = schemaOf(source['items']);
  const properties = asRecord(source['properties']);
  if (properties === undefined) return;
  const names = Object.keys(properties);
  schema.properties = Object.fromEntries(names.map((name) => [name, schemaOf(properties[name])]));
  const required = asList(source['required']).filter((name) => typeof name === 'string');
  if (required.length > 0) schema.required = required;
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
  schema.type ??= wire<Type>('STRING');
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
    // 64-bit numbers are text in the JSON of protobuf.
    if (bound !== undefined) schema[name] = String(bound);
  }
}
