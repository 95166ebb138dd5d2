import '../protocol/zod.ts';
import * as z from 'zod';
import { pageOf } from './budget.ts';
import type { Gate } from '../gate/gate.ts';
import { admittedDocument } from './language/admitted-document.ts';
import { outlineLines } from './language/outline-lines.ts';
import { documentSymbols, serverReadiness } from './language/server-readiness.ts';
import { silentServer } from './language/silent-server.ts';
import { continueFromArgument, LANGUAGE_TIME_LIMIT_MS } from './language/symbol-arguments.ts';
import { shown } from './shown-path.ts';
import { tool, type Tool } from './tool.ts';
import { readableLineCount } from '../editor/line-count.ts';

/** What a file declares, without its code. */
export function documentOutline(gate: Gate): Tool {
  return tool({
    name: 'document_outline',
    kind: 'read',
    description:
      'Lists what a file declares (classes, functions, headings of a Markdown page), nested, each with its first and last line. Call it before you read a long file: then read_file only the part you need.',
    timeLimitMs: LANGUAGE_TIME_LIMIT_MS,
    schema: z.object({
      path: z.string().min(1).describe('Workspace-relative path of the file, with forward slashes.'),
      continueFrom: continueFromArgument,
    }),
    line: ({ path }) => ({ text: `Looked through ${shown(path)}`, opens: { path } }),
    async run({ path: asked, continueFrom = 0 }, { signal }) {
      const admitted = await admittedDocument(gate, asked, signal);
      if ('refusal' in admitted) return admitted.refusal;
      const { document, path } = admitted;
      let symbols = await documentSymbols(document.uri);
      if (symbols.length === 0) {
        const readiness = await serverReadiness(document, document.positionAt(0), signal);
        symbols = await documentSymbols(document.uri);
        if (symbols.length === 0 && readiness === 'silent' && document.getText().trim() !== '') {
          return silentServer(document.languageId);
        }
      }
      const lines = outlineLines(symbols).map((line) => gate.mask(line));
      const page = pageOf(lines, continueFrom, (line) => line.length + 1);
      return {
        response: {
          status: 'ok',
          path,
          lines: readableLineCount(document),
          outline: page.items.join('\n'),
          ...(page.continueFrom !== undefined && { continueFrom: page.continueFrom }),
        },
      };
    },
  });
}
