/** A JSON object whose fields nobody has looked at yet. */
export type WireRecord = Readonly<Record<string, unknown>>;

/** Readers for the door where the service's messages come in: the value in its type, or undefined. None of them throws. */
export function asRecord(value: unknown): WireRecord | undefined {
  // An object that is no array has string keys; its values stay unknown.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as WireRecord) : undefined;
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Numbers, also those that JSON writes as text because they have 64 bits. */
export function asNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Protobuf durations in JSON (`"9.5s"`), in milliseconds. */
export function asDurationMs(value: unknown): number | undefined {
  const match = /^(-?\d+(?:\.\d+)?)s$/.exec(asString(value)?.trim() ?? '');
  return match?.[1] === undefined ? undefined : Math.round(Number(match[1]) * 1000);
}

/**
 * A value of one of the SDK's enums by its name on the wire. The enums themselves are values, and importing a value would
 * load the SDK with the extension; cast because TypeScript takes no string for a string enum. The golden setups and the
 * local server hold the names to the wire.
 */
export const enumValue = <T extends string>(name: `${T}`) => name as T;
