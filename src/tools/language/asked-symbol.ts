import * as vscode from 'vscode';
import type { Gate } from '../../gate/gate.ts';
import { inOneLine } from '../../editor/quoted-lines.ts';
import { readableLineCount } from '../../editor/line-count.ts';
import { type ToolResult, failed } from '../tool.ts';
import { admittedDocument, type AdmittedDocument } from './admitted-document.ts';
import { serverReadiness, type Patience, type Readiness } from './server-readiness.ts';

export interface SymbolQuestion {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly symbol: string;
  /** From 1. */
  readonly column?: number | undefined;
}

export interface AskedSymbol extends AdmittedDocument {
  readonly position: vscode.Position;
  readonly readiness: Readiness;
}

/** The symbol that the model asks about, when its language server is ready to be asked; or why it is not. */
export async function askedSymbol(
  gate: Pick<Gate, 'readable'>,
  question: SymbolQuestion,
  signal: AbortSignal,
  patience?: Patience,
): Promise<AskedSymbol | { readonly refusal: ToolResult }> {
  const admitted = await admittedDocument(gate, question.path, signal);
  if ('refusal' in admitted) return admitted;
  const { document, path } = admitted;
  const position = symbolPosition(document, path, question);
  if ('refusal' in position) return position;
  return { document, path, position, readiness: await serverReadiness(document, position, signal, patience) };
}

/** A model that counts lines is off by one or two at times. */
const MAX_LINES_OFF = 3;
const MAX_LINES_NAMED = 5;
const SHOWN_LENGTH = 160;

/**
 * Where a symbol stands, which the model knows by its name and line: it cannot count columns. The nearest line that has it is
 * taken where it is not quite on that one.
 *
 * @param line from 1
 * @param column from 1, where the line has the symbol more than once; absent: the first
 */
function symbolPosition(
  document: vscode.TextDocument,
  path: string,
  { line, symbol, column }: { readonly line: number; readonly symbol: string; readonly column?: number | undefined },
): vscode.Position | { readonly refusal: ToolResult } {
  const count = readableLineCount(document);
  if (line > count) return { refusal: failed(`${path} has ${count} lines, so there is no line ${line}.`, true) };
  const name = symbol.trim();
  for (let off = 0; off <= MAX_LINES_OFF; off += 1) {
    for (const candidate of off === 0 ? [line] : [line - off, line + off]) {
      if (candidate < 1 || candidate > count) continue;
      const found = occurrences(document.lineAt(candidate - 1).text, name);
      const wanted = candidate === line && column !== undefined ? column - 1 : 0;
      const at = found.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0];
      if (at !== undefined) return new vscode.Position(candidate - 1, at);
    }
  }
  return { refusal: failed(missing(document, path, line, name), true) };
}

/** Where a line has a name: as a word of its own, else as a part of one. From 0. */
function occurrences(text: string, name: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) found.push(at);
  const words = found.filter((at) => !isWordy(text.charAt(at - 1)) && !isWordy(text.charAt(at + name.length)));
  // `cart.total` means its last part.
  const offset = Math.max(name.lastIndexOf('.'), name.lastIndexOf(':'), name.lastIndexOf('#')) + 1;
  return (words.length > 0 ? words : found).map((at) => at + (offset < name.length ? offset : 0));
}

function isWordy(character: string): boolean {
  return /[\p{L}\p{N}_$]/u.test(character);
}

function missing(document: vscode.TextDocument, path: string, line: number, name: string): string {
  const lines: number[] = [];
  for (let at = 0; at < document.lineCount; at += 1) {
    if (occurrences(document.lineAt(at).text, name).length > 0) lines.push(at + 1);
  }
  const nearest = lines.toSorted((a, b) => Math.abs(a - line) - Math.abs(b - line)).slice(0, MAX_LINES_NAMED);
  const shown = JSON.stringify(inOneLine(name, SHOWN_LENGTH));
  if (nearest.length === 0) return `${path} has no ${shown} anywhere. Read the file, or use search_text.`;
  return `Line ${line} of ${path} has no ${shown}; it is in ${nearest.length === 1 ? 'line' : 'lines'} ${nearest.join(', ')}.`;
}
