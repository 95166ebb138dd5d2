import '../protocol/zod.ts';
import * as vscode from 'vscode';
import * as z from 'zod';
import type { Gate } from '../gate/gate.ts';
import { askedSymbol } from './language/asked-symbol.ts';
import { allowedLocations, LocationLines } from './language/locations.ts';
import { silentServer, STILL_LOADING } from './language/silent-server.ts';
import { LANGUAGE_TIME_LIMIT_MS, symbolArguments } from './language/symbol-arguments.ts';
import { shown } from './shown-path.ts';
import { failed, tool, type Tool } from './tool.ts';

/** One has several where a name is declared in parts, or overloaded. */
const MAX_DEFINITIONS = 8;

/** Enough for most functions; what is longer is read by read_file. */
const EXCERPT_LINES = 30;

/** Where a name is declared, and the beginning of what stands there. */
export function goToDefinition(gate: Gate): Tool {
  return tool({
    name: 'go_to_definition',
    kind: 'read',
    // A language server that still loads answers more a moment later.
    fleeting: true,
    description:
      'Finds where a name that is used in a file is declared, through the language server, and returns the place and the first lines of the declaration. Call it to learn what a function or type that you see in code really is. It moves nothing on screen: reveal does that.',
    timeLimitMs: LANGUAGE_TIME_LIMIT_MS,
    schema: z.object(symbolArguments),
    line: ({ path, line, symbol }) => ({
      text: `Looked for where ${shown(symbol)} is declared`,
      opens: { path, line },
    }),
    async run(args, { signal }) {
      const asked = await askedSymbol(gate, args, signal);
      if ('refusal' in asked) return asked.refusal;
      const { document, path, position, readiness } = asked;
      const found = await vscode.commands.executeCommand<
        readonly (vscode.Location | vscode.LocationLink)[] | undefined
      >('vscode.executeDefinitionProvider', document.uri, position);
      const { locations, leftOut } = await allowedLocations(gate, found ?? []);
      if (locations.length === 0) {
        if (leftOut > 0) {
          return failed(
            `"${args.symbol}" is declared outside of what you may read, such as in a library. hover tells its type.`,
          );
        }
        if (readiness === 'silent') return silentServer(document.languageId);
        return failed(`No declaration of "${args.symbol}" in line ${position.line + 1} of ${path} was found.`);
      }
      const lines = new LocationLines(gate);
      const definitions = await Promise.all(
        locations.slice(0, MAX_DEFINITIONS).map(async (location) => ({
          path: location.path,
          line: location.range.start.line + 1,
          endLine: location.whole.end.line + 1,
          code: await lines.excerptOf(location, EXCERPT_LINES),
        })),
      );
      const [first] = definitions;
      return {
        response: {
          status: 'ok',
          definitions,
          ...(locations.length > MAX_DEFINITIONS && { more: locations.length - MAX_DEFINITIONS }),
          ...(leftOut > 0 && { leftOut: `${leftOut} outside of what you may read` }),
          ...(readiness === 'loading' && { note: STILL_LOADING }),
        },
        ...(first !== undefined && {
          line: {
            text: `Found ${shown(args.symbol)} in ${first.path} ${first.line}`,
            opens: { path: first.path, line: first.line, endLine: first.endLine },
          },
        }),
      };
    },
  });
}
