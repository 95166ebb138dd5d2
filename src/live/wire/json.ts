/** A JSON object whose fields nobody has looked at yet. */
export type WireRecord = Readonly<Record<string, unknown>>;

/** The value in its type, or undefined. None of these throws. */
export function asRecord(value: unknown): WireRecord | undefined {
  // An object that is no array has string keys.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as WireRecord) : undefined;
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** JSON may write 64-bit numbers as text. */
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
 * A value of one of the SDK's enums, by its name. Importing the enum would load the SDK with the extension. The golden
 * setups hold the names to the wire.
 */
export const enumValue = <T extends string>(name: `${T}`) => name as T;
