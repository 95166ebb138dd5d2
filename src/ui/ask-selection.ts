import { lineWords, quoteSelection } from '../editor/describe-selection.ts';
import { MaskedLines } from '../editor/quoted-lines.ts';
import { shownEditor } from '../editor/shown-editor.ts';
import { SUBJECT_BUDGET, subjectPath, type AskGate, type AskSubject, type NoSubject } from './ask-subject.ts';

/** What is selected in the editor; where nothing is, the line of the cursor. */
export async function selectionSubject(gate: AskGate): Promise<AskSubject | NoSubject> {
  const editor = shownEditor();
  if (editor === undefined) return { sentence: 'Select the code you want to ask about in an editor first.' };
  const { document } = editor;
  const path = await subjectPath(gate, document);
  if (typeof path !== 'string') return path;
  const selected = editor.selections.filter(({ isEmpty }) => !isEmpty);
  const ranges = selected.length > 0 ? selected : [document.lineAt(editor.selection.active).range];
  const [first] = ranges;
  if (first === undefined || ranges.every((range) => document.getText(range).trim() === '')) {
    return { sentence: 'Select the code you want to ask about first.' };
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
