import * as vscode from 'vscode';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * - `ready`: a language server answers, about the whole project. - `loading`: one answers, but is still reading the project, so
 * it does not know all of it yet. - `silent`: none answers.
 */
export type Readiness = 'ready' | 'loading' | 'silent';

/** How long an answer is waited for, milliseconds. */
export interface Patience {
  /** Where an extension says that it serves the language: a server that starts and reads a large project. */
  readonly servedMs: number;
  /** Where none does; one on another machine is not known here, but is at work already. */
  readonly unservedMs: number;
}

export const PATIENCE: Patience = { servedMs: 12_000, unservedMs: 1_500 };

/** A server that starts has no event for it. The first answer is asked for again soon, later ones are not hurried. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 800;

/**
 * Waits until a language server knows the project. There is no event and no command that tells, and one that has just begun
 * answers questions with nothing, or with what it knows of one file; but what it says about a name under the pointer tells:
 * nothing until it answers, and `(loading...)` before the rest until it has read the project.
 *
 * @param position of a name
 */
export async function serverReadiness(
  document: vscode.TextDocument,
  position: vscode.Position,
  signal: AbortSignal,
  patience: Patience = PATIENCE,
): Promise<Readiness> {
  const untilMs = performance.now() + (isServed(document.languageId) ? patience.servedMs : patience.unservedMs);
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    const readiness = await readinessNow(document, position);
    if (readiness === 'ready' || signal.aborted || performance.now() + pauseMs > untilMs) return readiness;
    await delay(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}

/** @param position of what is asked about; where nothing is said about that, the first symbol of the file is tried */
async function readinessNow(document: vscode.TextDocument, position: vscode.Position): Promise<Readiness> {
  const there = await hoverTexts(document.uri, position);
  if (there.length > 0) return readinessBy(there);
  const [symbol] = await documentSymbols(document.uri);
  if (symbol === undefined) return 'silent';
  const elsewhere = await hoverTexts(document.uri, startOf(symbol));
  return elsewhere.length > 0 ? readinessBy(elsewhere) : 'silent';
}

function readinessBy(texts: readonly string[]): Readiness {
  // In parentheses and with an ellipsis in every language of VS Code.
  return texts.some((text) => /^\s*(?:```\w*\s+)?\([^()\n]{1,40}(?:\.{3}|…)\)/.test(text)) ? 'loading' : 'ready';
}

/** What is said about the name at a position, part by part. */
export async function hoverTexts(uri: vscode.Uri, position: vscode.Position): Promise<readonly string[]> {
  const hovers = await vscode.commands.executeCommand<readonly vscode.Hover[] | undefined>(
    'vscode.executeHoverProvider',
    uri,
    position,
  );
  return (hovers ?? [])
    .flatMap(({ contents }) => contents)
    .map((content) =>
      content instanceof vscode.MarkdownString ? content.value : typeof content === 'string' ? content : '',
    )
    .filter((text) => text.trim() !== '');
}

/** VS Code gives the one or the other, by the extension that answers. */
export type FoundSymbol = vscode.DocumentSymbol | vscode.SymbolInformation;

export async function documentSymbols(uri: vscode.Uri): Promise<readonly FoundSymbol[]> {
  const symbols = await vscode.commands.executeCommand<readonly FoundSymbol[] | undefined>(
    'vscode.executeDocumentSymbolProvider',
    uri,
  );
  return symbols ?? [];
}

/** Where the name of a symbol begins, as far as that is known. */
export function startOf(symbol: FoundSymbol): vscode.Position {
  return 'selectionRange' in symbol ? symbol.selectionRange.start : symbol.location.range.start;
}

/** An extension says that it wakes for the language. */
function isServed(languageId: string): boolean {
  return vscode.extensions.all.some(({ packageJSON }) => {
    // VS Code types an extension's package.json as any; this field is a list of texts, if it is there.
    const { activationEvents = [] } = packageJSON as { readonly activationEvents?: readonly string[] };
    return activationEvents.includes(`onLanguage:${languageId}`);
  });
}
