import type * as vscode from 'vscode';
import { inOneLine } from '../../editor/quoted-lines.ts';
import { startOf, type FoundSymbol } from './server-readiness.ts';
import { symbolKind } from './symbol-kind.ts';

/** Deeper than a method of a class in a namespace stand the variables of its body. */
const MAX_DEPTH = 3;
const MAX_NAME_LENGTH = 120;

/** `  12-20 method total`, in the order of the file, each below and to the right of what it belongs to. */
export function outlineLines(symbols: readonly FoundSymbol[], depth = 0): readonly string[] {
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
