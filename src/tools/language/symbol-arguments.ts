import '../../protocol/zod.ts';
import * as z from 'zod';

/** Where a symbol is, for tools that ask the language server about it. */
export const symbolArguments = {
  path: z.string().min(1).describe('Workspace-relative path of the file, with forward slashes.'),
  line: z.number().int().min(1).describe('The line the symbol is in, from 1.'),
  symbol: z.string().min(1).max(200).describe('The name as it stands in that line, such as "cartTotal".'),
  column: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('Only where the line has that name several times: the column of the one you mean, from 1.'),
};

/** For results that come in parts. */
export const continueFromArgument = z
  .number()
  .int()
  .min(0)
  .optional()
  .describe('Leave it out at first. To go on after a result that was cut: its `continueFrom`.');

/** From the first call of a language server on, which may have to read a large project. Milliseconds. */
export const LANGUAGE_TIME_LIMIT_MS = 20_000;
