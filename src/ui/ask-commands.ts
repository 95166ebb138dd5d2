import * as vscode from 'vscode';
import type { SurfaceHub } from '../surface/hub.ts';
import { revealView } from '../surface/panel-view.ts';
import type { Asked, Questions } from '../talk/questions.ts';
import { lineWords, quoteSelection } from '../editor/describe-selection.ts';
import { MaskedLines } from '../editor/quoted-lines.ts';
import { shownEditor } from '../editor/shown-editor.ts';
import { noSubject, type NoSubject } from '../problems/ask-problems.ts';
import {
  fileSubject,
  type AskGate,
  type AskSubject,
  SUBJECT_BUDGET,
  subjectPath,
  terminalSubject,
} from './ask-subject.ts';
import { PROBLEM_QUESTION, ProblemActions, problemSubject, type FoundProblems } from './ask-problem.ts';
import { COMMAND_PREFIX, registerCommand } from './register-command.ts';

interface AskParts {
  readonly questions: Questions;
  readonly gate: AskGate;
  readonly hub: Pick<SurfaceHub, 'visible'>;
  readonly prefix?: string;
}

/** Asking about one thing: a selection in editor or terminal, a problem, a file. */
export class AskCommands implements vscode.Disposable {
  readonly #parts: AskParts;
  readonly #registered: vscode.Disposable[];

  constructor(parts: AskParts) {
    this.#parts = parts;
    const { gate, prefix = COMMAND_PREFIX } = parts;
    this.#registered = [
      registerCommand(prefix, 'askAboutSelection', async () => this.#ask(await selectionSubject(gate))),
      registerCommand(prefix, 'askAboutTerminalSelection', async () => this.#ask(await terminalSubject(gate))),
      registerCommand(prefix, 'talkAboutFile', async (uri) =>
        this.#ask(await fileSubject(gate, uri instanceof vscode.Uri ? uri : undefined)),
      ),
      registerCommand(prefix, 'explainProblem', async (found) =>
        this.#ask(await problemSubject(gate, isFoundProblems(found) ? found : undefined), PROBLEM_QUESTION),
      ),
      vscode.languages.registerCodeActionsProvider('*', new ProblemActions(gate, `${prefix}.explainProblem`), {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    ];
  }

  dispose(): void {
    for (const one of this.#registered) one.dispose();
  }

  /** The session listens, and knows what it is about, while the person still types or instead of it. */
  async #ask(subject: AskSubject | NoSubject, question?: string): Promise<void> {
    if ('sentence' in subject) {
      void vscode.window.showInformationMessage(subject.sentence);
      return;
    }
    const { questions, hub } = this.#parts;
    // It hears the question, and shows that it does.
    await revealView(hub);
    const asked = await questions.ask(subject.about, question);
    // No session: the view says why, and a question would be lost.
    if (question !== undefined || asked === undefined) return;
    const typed = await askQuestion(subject.name, asked);
    if (typed !== undefined && typed.trim() !== '') await asked.question(typed);
  }
}

/** Commands can be run by anybody, with anything. */
function isFoundProblems(found: unknown): found is FoundProblems {
  return (
    typeof found === 'object' &&
    found !== null &&
    'uri' in found &&
    found.uri instanceof vscode.Uri &&
    'problems' in found &&
    Array.isArray(found.problems) &&
    found.problems.every((problem) => problem instanceof vscode.Diagnostic)
  );
}

/** Asks what the person wants to know. Nothing when they would rather say it. */
async function askQuestion(name: string, { needsTyping }: Pick<Asked, 'needsTyping'>): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title: `Ask about ${name}`,
    placeHolder: 'What does this do?',
    prompt: needsTyping
      ? 'Type your question and press Enter. During a session, this model needs it typed.'
      : 'Type your question and press Enter, or press Escape and say it.',
  });
}

/** What is selected in the editor; where nothing is, the line of the cursor. */
async function selectionSubject(gate: AskGate): Promise<AskSubject | NoSubject> {
  const editor = shownEditor();
  if (editor === undefined) return noSubject({ code: 'no-editor' });
  const { document } = editor;
  const path = await subjectPath(gate, document);
  if (typeof path !== 'string') return path;
  const selected = editor.selections.filter(({ isEmpty }) => !isEmpty);
  const ranges = selected.length > 0 ? selected : [document.lineAt(editor.selection.active).range];
  const [first] = ranges;
  if (first === undefined || ranges.every((range) => document.getText(range).trim() === '')) {
    return noSubject({ code: 'no-code-selected' });
  }
  const lines = new MaskedLines(gate, document.getText(), first);
  const places = ranges.map(lineWords).join(' and ');
  const quoted = ranges.map((range) => quoteSelection(range, document, lines, SUBJECT_BUDGET / ranges.length));
  const cut = quoted.every(({ isWhole }) => isWhole) ? '' : '\n(cut here; read_file has the rest)';
  return {
    name: `${path} ${places}`,
    about: `The person asks about this, ${places} of ${path} (${document.languageId}); "this" means it:\n${quoted.map(({ text }) => text).join('\n…\n')}${cut}`,
  };
}
