import '../protocol/zod.ts';
import * as z from 'zod';
import { pageOf } from './budget.ts';
import type { Gate } from '../gate/gate.ts';
import { admittedDocument } from './language/admitted-document.ts';
import { documentSymbols, serverReadiness, startOf, type FoundSymbol } from './language/server-readiness.ts';
import { silentServer } from './language/silent-server.ts';
import { continueFromArgument, LANGUAGE_TIME_LIMIT_MS } from './language/symbol-arguments.ts';
import { shown } from './shown-path.ts';
import { tool, type Tool } from './tool.ts';
import { readableLineCount } from '../editor/line-count.ts';
import type * as vscode from 'vscode';
import { inOneLine } from '../editor/quoted-lines.ts';
import { symbolKind } from './language/symbol-kind.ts';

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

/** Deeper than a method of a class in a namespace stand the variables of its body. */
const MAX_DEPTH = 3;
const MAX_NAME_LENGTH = 120;

/** `  12-20 method total`, in the order of the file, each below and to the right of what it belongs to. */
function outlineLines(symbols: readonly FoundSymbol[], depth = 0): readonly string[] {
  return symbols
    .toSorted((a, b) => startOf(a).compareTo(startOf(b)))
    .flatMap((symbol) => {
      const own = `${'  '.repeat(depth)}${lineNumbers(rangeOf(symbol))} ${symbolKind(symbol.kind)} ${inOneLine(symbol.name, MAX_NAME_LENGTH)}`;
      const below = 'children' in symbol && depth + 1 < MAX_DEPTH ? outlineLines(symbol.children, depth + 1) : [];
      return [own, ...below];
    });
}

function rangeOf(symbol: FoundSymbol): vscode.Range {
  return 'range' in symbol ? symbol.range : symbol.location.range;
}

function lineNumbers({ start, end }: vscode.Range): string {
  return start.line === end.line ? `${start.line + 1}` : `${start.line + 1}-${end.line + 1}`;
}
