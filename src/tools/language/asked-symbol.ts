import type * as vscode from 'vscode';
import type { Gate } from '../../gate/gate.ts';
import type { ToolResult } from '../tool.ts';
import { admittedDocument, type AdmittedDocument } from './admitted-document.ts';
import { serverReadiness, type Patience, type Readiness } from './server-readiness.ts';
import { symbolPosition } from './symbol-position.ts';

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
