// Proto3 JSON as Google's front end reads it: camelCase and snake_case names, lists of one without brackets, numbers as
// strings; anything it does not know is refused in its own wording. protobufjs would ignore unknown names, so the object
// is walked against the types here.
import protobuf from 'protobufjs';
import { isObject, type JsonObject, type JsonValue } from './json-value.ts';
import { invalidJson, Violation } from './reasons.ts';

const INTEGERS: Record<string, [bigint, bigint]> = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  sint32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};
const INTEGER = /^-?\d+$/;
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;
const DURATION = /^-?\d{1,12}(\.\d{1,9})?s$/;

function camelCase(snake: string): string {
  return snake.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function jsonName(field: protobuf.Field): string {
  const declared: unknown = field.options?.['json_name'];
  return typeof declared === 'string' ? declared : camelCase(field.name);
}

function shown(value: JsonValue): string {
  return typeof value === 'object' ? 'starting an object or a list' : JSON.stringify(value);
}

function invalidValue(path: string, type: string, value: JsonValue): Violation {
  return new Violation(1007, `Invalid value at '${path}' (${type}), ${shown(value)}`);
}

function unknownName(name: string, path: string, why: string): Violation {
  return invalidJson(`Unknown name "${name}"${path === '' ? '' : ` at '${path}'`}: ${why}`);
}

function typeUrl(type: protobuf.ReflectionObject): string {
  return `type.googleapis.com/${type.fullName.replace(/^\./, '')}`;
}

function readScalar(type: string, value: JsonValue, path: string): JsonValue {
  const label = `TYPE_${type.toUpperCase()}`;
  const range = INTEGERS[type];
  if (range) {
    const isIntegral =
      typeof value === 'number' ? Number.isInteger(value) : typeof value === 'string' && INTEGER.test(value);
    if (!isIntegral || typeof value === 'object' || typeof value === 'boolean') throw invalidValue(path, label, value);
    const integer = BigInt(value);
    if (integer < range[0] || integer > range[1]) throw invalidValue(path, label, value);
    return Number(integer);
  }
  switch (type) {
    case 'string':
      if (typeof value !== 'string') throw invalidValue(path, label, value);
      return value;
    case 'bool':
      if (typeof value !== 'boolean') throw invalidValue(path, label, value);
      return value;
    case 'bytes':
      if (typeof value !== 'string') throw invalidValue(path, label, value);
      if (!BASE64.test(value) || value.replace(/=+$/, '').length % 4 === 1) {
        throw new Violation(
          1007,
          `Invalid value at '${path}' (TYPE_BYTES), Base64 decoding failed for ${shown(value)}`,
        );
      }
      return value;
    case 'float':
    case 'double': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      if (typeof number !== 'number' || Number.isNaN(number)) throw invalidValue(path, label, value);
      return number;
    }
    default:
      throw new Error(`no JSON reading for protobuf type ${type}`);
  }
}

function readEnum(type: protobuf.Enum, value: JsonValue, path: string): JsonValue {
  if (typeof value === 'string') {
    // Google's parser is case-insensitive here: its own REST examples write `"type": "object"`.
    const name = Object.keys(type.values).find((known) => known === value.toUpperCase());
    if (name !== undefined) return name;
  } else if (typeof value === 'number' && Number.isInteger(value)) {
    return type.valuesById[value] ?? value;
  }
  throw invalidValue(path, typeUrl(type), value);
}

/** Well-known types have a JSON form of their own. Undefined: not one of them. */
function readWellKnown(type: protobuf.Type, value: JsonValue, path: string): JsonValue | undefined {
  switch (type.fullName) {
    case '.google.protobuf.Value':
      return value;
    case '.google.protobuf.Struct':
      if (!isObject(value)) throw invalidValue(path, typeUrl(type), value);
      return value;
    case '.google.protobuf.Duration':
      if (typeof value !== 'string' || !DURATION.test(value)) throw invalidValue(path, typeUrl(type), value);
      return value;
    case '.google.protobuf.Timestamp':
      if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) throw invalidValue(path, typeUrl(type), value);
      return value;
    default:
      return undefined;
  }
}

function readSingle(field: protobuf.Field, value: JsonValue, path: string): JsonValue {
  const type = field.resolvedType;
  if (type instanceof protobuf.Type) return readMessage(type, value, path);
  if (type instanceof protobuf.Enum) return readEnum(type, value, path);
  return readScalar(field.type, value, path);
}

function readField(field: protobuf.Field, value: JsonValue, path: string, name: string, parent: string): JsonValue {
  const known = field.resolvedType instanceof protobuf.Type ? field.resolvedType.fullName : '';
  if (field instanceof protobuf.MapField) {
    if (!isObject(value)) throw invalidValue(path, 'map', value);
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, readSingle(field, each, `${path}[${key}]`)]),
    );
  }
  if (field.repeated) {
    const list = Array.isArray(value) ? value : [value];
    return list.map((each, index) => readSingle(field, each, `${path}[${index}]`));
  }
  if (Array.isArray(value) && known !== '.google.protobuf.Value') {
    throw unknownName(name, parent, 'Proto field is not repeating, cannot start list.');
  }
  return readSingle(field, value, path);
}

/**
 * Reads a JSON value as a protobuf message.
 * @param path where it stands, in proto names: `setup.generation_config`; empty at the root
 * @returns the same with canonical names (camelCase), enum names, lists always as lists; unset (null) fields left out
 * @throws Violation (1007) in Google's wording
 */
export function readMessage(type: protobuf.Type, value: JsonValue, path = ''): JsonValue {
  const wellKnown = readWellKnown(type, value, path);
  if (wellKnown !== undefined) return wellKnown;
  if (!isObject(value)) {
    if (path === '') throw invalidJson('Root element must be a message.');
    throw invalidValue(path, typeUrl(type), value);
  }
  const result: JsonObject = {};
  const setOneofs = new Set<string>();
  for (const [name, each] of Object.entries(value)) {
    const field = type.fieldsArray.find((known) => jsonName(known) === name || known.name === name);
    if (!field) throw unknownName(name, path, 'Cannot find field.');
    const isValueType = field.resolvedType?.fullName === '.google.protobuf.Value';
    if (each === null && !isValueType) continue;
    const fieldPath = path === '' ? field.name : `${path}.${field.name}`;
    // `optional` makes a oneof of its own with one member; only shared ones can clash.
    const oneof = field.partOf !== null && field.partOf.fieldsArray.length > 1 ? field.partOf.name : undefined;
    if (oneof !== undefined) {
      if (setOneofs.has(oneof)) {
        throw new Violation(
          1007,
          `Invalid value at '${path}' (oneof), oneof field '${oneof}' is already set. Cannot set '${name}'`,
        );
      }
      setOneofs.add(oneof);
    }
    const canonical = jsonName(field);
    if (canonical in result) throw unknownName(name, path, 'Field is set twice.');
    result[canonical] = readField(field, each, fieldPath, name, path);
  }
  return result;
}
