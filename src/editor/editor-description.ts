import * as vscode from 'vscode';
import type { Gate } from '../gate/gate.ts';
import { MaskedLines } from './quoted-lines.ts';
import type { Verdict } from './read-verdicts.ts';
import { editorsBeside, fileOf, notebookOf, shownEditor } from './shown-editor.ts';
import { describeProblems } from './describe-problems.ts';
import { describeSelection } from './describe-selection.ts';
import { describeTabs } from './describe-tabs.ts';
import { describeVisible } from './describe-visible.ts';
import { readableLineCount } from './line-count.ts';

/** What is told about the editor, each for itself, so that only what changed is told again. */
export const EDITOR_TOPICS = ['file', 'selection', 'visible', 'problems', 'tabs'] as const;

export type EditorTopic = (typeof EDITOR_TOPICS)[number];

/** Sentences for the model; a topic that is missing has nothing to tell. */
export type EditorDescription = Partial<Readonly<Record<EditorTopic, string>>>;

/** An editor and what may be told of it. */
export interface ShownText {
  readonly editor: vscode.TextEditor;
  /** As the model and the person call it. */
  readonly path: string;
}

interface DescriptionPlan {
  readonly gate: Pick<Gate, 'mask' | 'relative'>;
  /** Whether the content of a file may be told; a name always may. */
  readonly verdictOn: (file: vscode.Uri) => Verdict;
  /** UTF-16 units of all topics together. */
  readonly budget: number;
  /** The lines that can be seen are quoted, not only numbered. */
  readonly quoteVisible: boolean;
}

/** Kept free for what comes after the visible text, which takes all that there is. UTF-16 units. */
const PROBLEMS_RESERVE = 400;
const TABS_RESERVE = 200;

/** What the person has open, selected, before their eyes and broken. The selection comes before all else. */
export function describeEditor({ gate, verdictOn, budget, quoteVisible }: DescriptionPlan): EditorDescription {
  const editor = shownEditor();
  const description: Partial<Record<EditorTopic, string>> = {};
  let left = budget;
  const put = (topic: EditorTopic, text: string | undefined): void => {
    if (text === undefined || text === '') return;
    description[topic] = text;
    left -= text.length;
  };
  const isReadable = ({ document }: vscode.TextEditor): boolean => verdictOn(fileOf(document)) === 'readable';

  put('file', describeFile(gate, editor, verdictOn));
  if (editor !== undefined && isReadable(editor)) {
    const shown: ShownText = { editor, path: documentPath(gate, editor.document) };
    const lines = new MaskedLines(gate, editor.document.getText(), extentOf(editor));
    const problems = describeProblems(gate, shown, PROBLEMS_RESERVE);
    const reserve = (problems?.length ?? 0) + TABS_RESERVE;
    put('selection', describeSelection(shown, lines, left - reserve));
    const beside = editorsBeside(editor).filter(isReadable);
    put(
      'visible',
      describeVisible({
        shown,
        lines,
        beside: beside.map((other) => ({ editor: other, path: documentPath(gate, other.document) })),
        budget: quoteVisible ? left - reserve : 0,
      }),
    );
    put('problems', describeProblems(gate, shown, left - TABS_RESERVE));
  }
  put('tabs', describeTabs(gate, editor, left));
  return description;
}

/** The path of what is open; of what is no file of the workspace, its name. */
export function documentPath(gate: Pick<Gate, 'relative'>, document: vscode.TextDocument): string {
  const file = fileOf(document);
  return gate.relative(file) ?? file.path.slice(file.path.lastIndexOf('/') + 1);
}

/** From the first to the last line that is selected or can be seen. */
function extentOf({ selections, visibleRanges }: vscode.TextEditor): vscode.Range {
  return [...selections, ...visibleRanges].reduce<vscode.Range>(
    (extent, range) => extent.union(range),
    selections[0] ?? new vscode.Range(0, 0, 0, 0),
  );
}

function describeFile(
  gate: Pick<Gate, 'relative'>,
  editor: vscode.TextEditor | undefined,
  verdictOn: (file: vscode.Uri) => Verdict,
): string {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ name }) => JSON.stringify(name));
  const workspace =
    folders.length === 0 ? 'No folder is open in VS Code.' : `The person's workspace is ${folders.join(' and ')}.`;
  if (editor === undefined) return `${workspace} ${describeNoText()}`;
  const { document } = editor;
  const path = documentPath(gate, document);
  const verdict = verdictOn(fileOf(document));
  if (verdict === 'private') {
    return `${workspace} The active editor shows ${path}, whose content is private: you know its name only.`;
  }
  if (verdict === 'unknown') return `${workspace} The active editor shows ${path}.`;
  const facts = [
    document.languageId,
    `${readableLineCount(document)} lines`,
    ...(document.isDirty ? ['not saved'] : []),
  ];
  const cell = notebookOf(document) === undefined ? '' : 'a cell of ';
  return `${workspace} The active editor shows ${cell}${path} (${facts.join(', ')}): "this file" means it.`;
}

function describeNoText(): string {
  const { activeTab } = vscode.window.tabGroups.activeTabGroup;
  if (activeTab === undefined) return 'No editor is open.';
  return `The active tab is ${JSON.stringify(activeTab.label)}, which is no text editor.`;
}
