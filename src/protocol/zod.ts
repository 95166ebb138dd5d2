import { config, type output, type ZodType } from 'zod';

// zod would try whether it may compile code and ask for `navigator` on the way, which VS Code logs as an error of the
// extension. Without compiled code a message of the surface is read in a microsecond.
config({ jitless: true });

export * from 'zod';

/** What a schema lets through, for reading only. */
export type Read<Schema extends ZodType> = ReadOnly<output<Schema>>;

type ReadOnly<T> = T extends Uint8Array ? T : { readonly [Field in keyof T]: ReadOnly<T[Field]> };
