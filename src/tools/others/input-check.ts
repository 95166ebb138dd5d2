import '../../protocol/zod.ts';
import * as z from 'zod';

/**
 * Checks what the model hands to a tool of another extension against the schema that it declares, as far as that is one that
 * can be read; the tool itself has the last word.
 *
 * @returns what is wrong, or nothing
 */
export function inputComplaint(schema: object | undefined, input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return 'the arguments must be an object';
  const known = schema === undefined ? undefined : readable(schema);
  const read = known?.safeParse(input);
  return read === undefined || read.success ? undefined : z.prettifyError(read.error);
}

/** Every text in it, however deep. */
export function textsIn(input: unknown): readonly string[] {
  if (typeof input === 'string') return [input];
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input).flatMap(([key, value]) => [key, ...textsIn(value)]);
}

function readable(schema: object): z.ZodType | undefined {
  try {
    // Typed as JSON Schema; what is none is refused there.
    return z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  } catch {
    return undefined;
  }
}
