import '../protocol/zod.ts';
import * as vscode from 'vscode';
import * as z from 'zod';
import { inOneLine } from '../editor/quoted-lines.ts';
import { pageOf } from './budget.ts';
import type { Gate } from '../gate/gate.ts';
import { AllowedFiles } from './language/locations.ts';
import { continueFromArgument, LANGUAGE_TIME_LIMIT_MS } from './language/symbol-arguments.ts';
import { STILL_LOADING } from './language/silent-server.ts';
import { symbolKind } from './language/symbol-kind.ts';
import { shown } from './shown-path.ts';
import { failed, tool, type Tool } from './tool.ts';
import { shownEditor } from '../editor/shown-editor.ts';
import { documentSymbols, serverReadiness, startOf, type Readiness } from './language/server-readiness.ts';

/** More than anybody goes through; the gate is asked about the files of these only. */
const MAX_SYMBOLS = 500;

/** Where something is declared of which only the name is known. */
export function findSymbol(gate: Gate): Tool {
  return tool({
    name: 'find_symbol',
    kind: 'read',
    fleeting: true,
    description:
      'Finds classes, functions, types and variables of the whole workspace by their name or a part of it, and returns where each is declared. Call it when you know what something is called but not where it is. Language servers that do not know a name at once find it by its beginning.',
    timeLimitMs: LANGUAGE_TIME_LIMIT_MS,
    schema: z.object({
      query: z.string().min(1).max(200).describe('The name, or a part of it.'),
      continueFrom: continueFromArgument,
    }),
    line: ({ query }) => ({ text: `Looked for ${shown(query)}` }),
    async run({ query, continueFrom = 0 }, { signal }) {
      const readiness = await wokenServer(gate, signal);
      const found = await vscode.commands.executeCommand<readonly vscode.SymbolInformation[] | undefined>(
        'vscode.executeWorkspaceSymbolProvider',
        query,
      );
      const { symbols, leftOut } = await allowedSymbols(gate, byCloseness(found ?? [], query).slice(0, MAX_SYMBOLS));
      if (symbols.length === 0) {
        return failed(
          `No language server knows "${query}"${leftOut > 0 ? ' in what you may read' : ''}. Names are found as they are written: try a part of it, or search_text.`,
          readiness !== 'ready',
        );
      }
      const page = pageOf(symbols, continueFrom, (line) => line.text.length + 1);
      const [first] = symbols;
      return {
        response: {
          status: 'ok',
          total: symbols.length,
          symbols: page.items.map(({ text }) => text).join('\n'),
          ...(page.continueFrom !== undefined && { continueFrom: page.continueFrom }),
          ...(readiness === 'loading' && { note: STILL_LOADING }),
        },
        ...(first !== undefined && {
          line: {
            text: `Found ${symbols.length === 1 ? `${shown(query)} in ${first.path} ${first.line}` : `${symbols.length} for ${shown(query)}`}`,
            opens: { path: first.path, line: first.line },
          },
        }),
      };
    },
  });
}

interface SymbolLine {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

async function allowedSymbols(
  gate: Gate,
  found: readonly vscode.SymbolInformation[],
): Promise<{ readonly symbols: readonly SymbolLine[]; readonly leftOut: number }> {
  const files = new AllowedFiles(gate);
  const seen = new Set<string>();
  let leftOut = 0;
  const symbols: SymbolLine[] = [];
  for (const { name, kind, containerName, location } of found) {
    const { uri, range } = location;
    const file = await files.of(uri);
    if (file === undefined) {
      leftOut += 1;
      continue;
    }
    const { path } = file;
    const line = range.start.line + 1;
    const within = containerName === '' ? '' : ` in ${inOneLine(containerName)}`;
    const text = gate.mask(`${path} ${line} ${symbolKind(kind)} ${inOneLine(name)}${within}`);
    if (!seen.has(text)) symbols.push({ path, line, text });
    seen.add(text);
  }
  return { symbols, leftOut };
}

/** The name itself first, then what begins with it; servers answer in an order of their own. */
function byCloseness(symbols: readonly vscode.SymbolInformation[], query: string): readonly vscode.SymbolInformation[] {
  const sought = query.toLowerCase();
  const distance = ({ name }: vscode.SymbolInformation): number => {
    // Some servers add the parameters: `total(lines)`.
    const plain = name.toLowerCase().replace(/\(.*/s, '');
    if (plain === sought) return name.startsWith(query) ? 0 : 1;
    return plain.startsWith(sought) ? 2 : 3;
  };
  return symbols.toSorted((a, b) => distance(a) - distance(b));
}

/** Languages whose servers know symbols of the whole workspace, of which one file is enough to wake them. */
const SOURCES =
  '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,py,go,rs,java,kt,cs,cpp,cc,c,h,hpp,rb,php,swift,dart,scala,lua,vue,svelte}';
const NOT_SOURCES = '**/{node_modules,.git,dist,out,build,target,vendor}/**';
const MAX_TRIED = 20;

/**
 * A server that knows the workspace begins when a file of its language is opened, and answers about the whole only once it
 * has read it. Waits for the one of the shown file; where none is shown, some source file wakes one.
 */
async function wokenServer(gate: Pick<Gate, 'readable' | 'relative'>, signal: AbortSignal): Promise<Readiness> {
  const document = sourceOnScreen() ?? (await someSource(gate));
  if (document === undefined) return 'silent';
  const [symbol] = await documentSymbols(document.uri);
  return serverReadiness(document, symbol === undefined ? document.positionAt(0) : startOf(symbol), signal);
}

/** A program among what is open: a page of Markdown wakes no server that knows symbols of others. */
function sourceOnScreen(): vscode.TextDocument | undefined {
  const shown = [shownEditor(), ...vscode.window.visibleTextEditors].flatMap((editor) => editor?.document ?? []);
  return [...shown, ...vscode.workspace.textDocuments].find(isSource);
}

async function someSource(gate: Pick<Gate, 'readable' | 'relative'>): Promise<vscode.TextDocument | undefined> {
  const files = new AllowedFiles(gate);
  for (const uri of await vscode.workspace.findFiles(SOURCES, NOT_SOURCES, MAX_TRIED)) {
    // By its own name: a server takes what a link leads to for another file.
    const file = await files.of(uri);
    if (file !== undefined) return vscode.workspace.openTextDocument(file.uri);
  }
  return undefined;
}

function isSource(document: vscode.TextDocument): boolean {
  return vscode.languages.match({ pattern: SOURCES }, document) > 0;
}
