import * as vscode from 'vscode';
import { problemLine, problemsIn } from '../editor/describe-problems.ts';
import { lineWords } from '../editor/describe-selection.ts';
import { linesAround, MaskedLines } from '../editor/quoted-lines.ts';
import { shownEditor } from '../editor/shown-editor.ts';
import { noSubject, type NoSubject } from '../problems/ask-problems.ts';
import { SUBJECT_BUDGET, subjectPath, type AskGate, type AskSubject } from './ask-subject.ts';

/** What is asked, in the person's place. */
export const PROBLEM_QUESTION = 'Explain this problem, and how to fix it.';

/** Those at one place, and code around it. UTF-16 units, lines. */
const MAX_PROBLEMS = 5;
const LINES_AROUND = 15;

export interface FoundProblems {
  readonly uri: vscode.Uri;
  readonly problems: readonly vscode.Diagnostic[];
}

/** @param given by the light bulb; absent: what is wrong at the cursor, or nearest to it */
export async function problemSubject(gate: AskGate, given?: FoundProblems): Promise<AskSubject | NoSubject> {
  const found = given ?? problemsAtCursor();
  const [first] = found?.problems ?? [];
  if (found === undefined || first === undefined) return noSubject({ code: 'no-problem' });
  const document = await vscode.workspace.openTextDocument(found.uri);
  const path = await subjectPath(gate, document);
  if (typeof path !== 'string') return path;
  const told = found.problems.slice(0, MAX_PROBLEMS).map((problem) => problemLine(gate, problem));
  const line = Math.min(first.range.start.line, document.lineCount - 1);
  const around = {
    first: Math.max(0, line - LINES_AROUND),
    last: Math.min(document.lineCount - 1, line + LINES_AROUND),
    around: line,
  };
  const lines = new MaskedLines(gate, document.getText(), first.range);
  const { text } = linesAround(lines, around, SUBJECT_BUDGET - told.join('\n').length);
  return {
    name: `the problem in ${path} ${lineWords(first.range)}`,
    about: `The person asks about this in ${path} (${document.languageId}); "this problem" means it:\n${told.join('\n')}\nThe code there:\n${text}`,
  };
}

function problemsAtCursor(): FoundProblems | undefined {
  const editor = shownEditor();
  if (editor === undefined) return undefined;
  const { document, selection } = editor;
  const distance = ({ range }: vscode.Diagnostic): number =>
    range.contains(selection.active) ? 0 : 1 + Math.abs(range.start.line - selection.active.line);
  const nearest = problemsIn(document.uri).toSorted((a, b) => distance(a) - distance(b))[0];
  return nearest === undefined ? undefined : { uri: document.uri, problems: [nearest] };
}

/** Offers, in the light bulb of whatever is underlined, to have it explained. */
export class ProblemActions implements vscode.CodeActionProvider {
  readonly #gate: Pick<AskGate, 'isExcludedName'>;
  readonly #command: string;

  /** @param command that is run, with what `problemSubject` takes */
  constructor(gate: Pick<AskGate, 'isExcludedName'>, command: string) {
    this.#gate = gate;
    this.#command = command;
  }

  provideCodeActions(
    { uri }: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    if (diagnostics.length === 0 || (uri.scheme !== 'untitled' && this.#gate.isExcludedName(uri))) return [];
    const title = 'Explain with Talkthrough';
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    const problems = diagnostics.toSorted((a, b) => a.severity - b.severity);
    const found: FoundProblems = { uri, problems };
    action.command = { command: this.#command, title, arguments: [found] };
    action.diagnostics = problems;
    return [action];
  }
}
