import '../protocol/zod.ts';
import * as z from 'zod';
import { RESULT_BUDGET } from './budget.ts';
import type { Gate } from '../gate/gate.ts';
import { askedSymbol } from './language/asked-symbol.ts';
import { hoverTexts } from './language/server-readiness.ts';
import { silentServer, STILL_LOADING } from './language/silent-server.ts';
import { LANGUAGE_TIME_LIMIT_MS, symbolArguments } from './language/symbol-arguments.ts';
import { shown } from './shown-path.ts';
import { failed, tool, type Tool } from './tool.ts';

/** What stands in the box that opens over a name under the pointer. */
export function hover(gate: Gate): Tool {
  return tool({
    name: 'hover',
    kind: 'read',
    // A language server that still loads answers more a moment later.
    fleeting: true,
    description:
      'Tells what the language server knows about a name in a file: its type, its signature and its documentation. The quickest way to learn what a variable or function is. To see its code, call go_to_definition.',
    timeLimitMs: LANGUAGE_TIME_LIMIT_MS,
    schema: z.object(symbolArguments),
    line: ({ path, line, symbol }) => ({
      text: `Looked up ${shown(symbol)} in ${shown(path)} ${line}`,
      opens: { path, line },
    }),
    async run(args, { signal }) {
      const asked = await askedSymbol(gate, args, signal);
      if ('refusal' in asked) return asked.refusal;
      const { document, path, position, readiness } = asked;
      const texts = await hoverTexts(document.uri, position);
      if (texts.length === 0) {
        if (readiness === 'silent') return silentServer(document.languageId);
        return failed(
          `The language server says nothing about "${args.symbol}" in line ${position.line + 1} of ${path}.`,
        );
      }
      const about = gate.mask(texts.join('\n\n'));
      return {
        response: {
          status: 'ok',
          path,
          line: position.line + 1,
          about: about.length > RESULT_BUDGET ? `${about.slice(0, RESULT_BUDGET)}… (cut here)` : about,
          ...(readiness === 'loading' && { note: STILL_LOADING }),
        },
      };
    },
  });
}
