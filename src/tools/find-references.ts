import '../protocol/zod.ts';
import * as vscode from 'vscode';
import * as z from 'zod';
import { pageOf } from './budget.ts';
import type { Gate } from '../gate/gate.ts';
import { askedSymbol } from './language/asked-symbol.ts';
import { allowedLocations, LocationLines, type AllowedLocation } from './language/locations.ts';
import { silentServer, STILL_LOADING } from './language/silent-server.ts';
import { continueFromArgument, LANGUAGE_TIME_LIMIT_MS, symbolArguments } from './language/symbol-arguments.ts';
import { shown } from './shown-path.ts';
import { failed, tool, type Tool } from './tool.ts';

/** More at once than are read out or looked at; each costs a line of its file. */
const MAX_PAGE = 60;

/** Every use of a name. */
export function findReferences(gate: Gate): Tool {
  return tool({
    name: 'find_references',
    kind: 'read',
    // A language server that still loads answers more a moment later.
    fleeting: true,
    description:
      'Finds every place where a name is used, its declaration included, through the language server: what search_text would find less what only looks the same. Returns the total, and the lines by file. Give a place where the name stands, such as its declaration (find_symbol tells it).',
    timeLimitMs: LANGUAGE_TIME_LIMIT_MS,
    schema: z.object({ ...symbolArguments, continueFrom: continueFromArgument }),
    line: ({ path, line, symbol }) => ({ text: `Looked for uses of ${shown(symbol)}`, opens: { path, line } }),
    async run({ continueFrom = 0, ...args }, { signal }) {
      const asked = await askedSymbol(gate, args, signal);
      if ('refusal' in asked) return asked.refusal;
      const { document, path, position, readiness } = asked;
      const found = await vscode.commands.executeCommand<readonly vscode.Location[] | undefined>(
        'vscode.executeReferenceProvider',
        document.uri,
        position,
      );
      const { locations, leftOut } = await allowedLocations(gate, found ?? []);
      if (locations.length === 0) {
        if (readiness === 'silent') return silentServer(document.languageId);
        if (leftOut === 0)
          return failed(`No use of "${args.symbol}" in line ${position.line + 1} of ${path} was found.`);
      }
      const lines = new LocationLines(gate);
      const texts = new Map<AllowedLocation, string>();
      for (const location of locations.slice(continueFrom, continueFrom + MAX_PAGE)) {
        texts.set(location, await lines.lineOf(location));
      }
      const page = pageOf(
        [...texts.keys()],
        0,
        (location) => (texts.get(location)?.length ?? 0) + location.path.length,
      );
      const next = continueFrom + page.items.length;
      const files = Object.entries(Object.groupBy(page.items, (location) => location.path)).map(
        ([file, uses = []]) => ({
          path: file,
          lines: uses.map((use) => texts.get(use) ?? '').join('\n'),
        }),
      );
      const fileCount = new Set(locations.map((location) => location.path)).size;
      return {
        response: {
          status: 'ok',
          total: locations.length,
          inFiles: fileCount,
          files,
          ...(next < locations.length && { continueFrom: next }),
          ...(leftOut > 0 && { leftOut: `${leftOut} outside of what you may read` }),
          ...(readiness === 'loading' && { note: STILL_LOADING }),
        },
        line: {
          text: `Found ${locations.length} uses of ${shown(args.symbol)} in ${fileCount} files`,
          opens: { path, line: position.line + 1 },
        },
      };
    },
  });
}
