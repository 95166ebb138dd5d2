// JSON as it comes from outside: nothing is known about it yet.

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

export interface JsonObject {
  [name: string]: JsonValue;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at a path of names, or undefined where any step is missing or not an object. */
export function objectAt(value: JsonValue | undefined, ...path: string[]): JsonObject | undefined {
  let at = value;
  for (const name of path) at = isObject(at) ? at[name] : undefined;
  return isObject(at) ? at : undefined;
}

export function stringAt(value: JsonValue | undefined, name: string): string | undefined {
  const found = isObject(value) ? value[name] : undefined;
  return typeof found === 'string' ? found : undefined;
}

export function listAt(value: JsonValue | undefined, name: string): JsonValue[] {
  const found = isObject(value) ? value[name] : undefined;
  return Array.isArray(found) ? found : [];
}
