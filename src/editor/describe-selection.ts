import type * as vscode from 'vscode';
import { linesAround, type MaskedLines } from './quoted-lines.ts';
import type { ShownText } from './shown-editor.ts';

/** More cursors than anybody asks about. */
const MAX_FURTHER = 5;

/** What is selected, else where the cursor is. @param budget UTF-16 units */
export function describeSelection({ editor, path }: ShownText, lines: MaskedLines, budget: number): string {
  const { selection, selections, document } = editor;
  if (selection.isEmpty) return describeCursor(document, selection.active, path, lines);
  const heading = `Selected in ${path}, ${lineWords(selection)} ("this" probably means it):`;
  const further = selections.filter((other) => other !== selection && !other.isEmpty).slice(0, MAX_FURTHER);
  const also = further.length === 0 ? '' : `\nAlso selected: ${further.map(lineWords).join('; ')}.`;
  const cut = '\n(cut here; read_file has the rest)';
  const quoted = quoteSelection(selection, document, lines, budget - heading.length - also.length - cut.length);
  return `${heading}\n${quoted.text}${quoted.isWhole ? '' : cut}${also}`;
}

/**
 * The text of a range, each line behind its number, its first and last line no further than it reaches.
 *
 * @param budget UTF-16 units
 */
export function quoteSelection(
  range: vscode.Range,
  document: vscode.TextDocument,
  lines: MaskedLines,
  budget: number,
): { readonly text: string; readonly isWhole: boolean } {
  const first = range.start.line;
  const last = lastLineOf(range);
  const partial = {
    quoted(line: number): string {
      const text = lines.at(line);
      // Where something is masked the columns are not what they were: then the whole line.
      if (text !== document.lineAt(line).text) return lines.quoted(line);
      const start = line === first ? range.start.character : 0;
      return lines.quoted(line, text.slice(start, line === range.end.line ? range.end.character : undefined));
    },
  };
  const quoted = linesAround(partial, { first, last, around: first }, budget);
  return { text: quoted.text, isWhole: quoted.last === last };
}

/** `line 12` or `lines 10 to 14`. */
export function lineWords(range: vscode.Range): string {
  const last = lastLineOf(range);
  return last === range.start.line ? `line ${last + 1}` : `lines ${range.start.line + 1} to ${last + 1}`;
}

/** Whole lines are selected up to the beginning of the next one, which nobody means. */
function lastLineOf({ start, end }: vscode.Range): number {
  return end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
}

function describeCursor(
  document: vscode.TextDocument,
  position: vscode.Position,
  path: string,
  lines: MaskedLines,
): string {
  const range = document.getWordRangeAtPosition(position);
  const { text } = document.lineAt(position.line);
  // A masked line keeps its word to itself.
  const isPlain = lines.at(position.line) === text;
  const word = range === undefined || !isPlain ? '' : ` at ${JSON.stringify(document.getText(range))}`;
  const place = `Nothing is selected. The cursor is in line ${position.line + 1} of ${path}${word}`;
  return text.trim() === '' ? `${place}, which is empty.` : `${place}:\n${lines.quoted(position.line)}`;
}
