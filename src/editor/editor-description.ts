import * as vscode from 'vscode';
import type { Gate } from '../gate/gate.ts';
import { MaskedLines, inOneLine, linesAround } from './quoted-lines.ts';
import type { Verdict } from './read-verdicts.ts';
import { editorsBeside, fileOf, notebookOf, shownEditor, type ShownText } from './shown-editor.ts';
import { describeProblems } from './describe-problems.ts';
import { describeSelection } from './describe-selection.ts';
import { readableLineCount } from './line-count.ts';

/** What is told about the editor, each for itself, so that only what changed is told again. */
export const EDITOR_TOPICS = ['file', 'selection', 'visible', 'problems', 'tabs'] as const;

export type EditorTopic = (typeof EDITOR_TOPICS)[number];

/** Sentences for the model; a topic that is missing has nothing to tell. */
export type EditorDescription = Partial<Readonly<Record<EditorTopic, string>>>;

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

const MAX_TABS = 30;
const MAX_NAME_LENGTH = 120;

/** Other open tabs by their names, those of the active group first. @param budget UTF-16 units */
function describeTabs(
  gate: Pick<Gate, 'relative'>,
  shown: vscode.TextEditor | undefined,
  budget: number,
): string | undefined {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  const groups = [activeTabGroup, ...all.filter((group) => group !== activeTabGroup)];
  const tabs = groups.flatMap((group) => group.tabs).filter((tab) => !(tab.isActive && tab.group.isActive));
  const names = new Set(tabs.filter((tab) => !isTabOf(tab, shown)).map((tab) => tabName(gate, tab)));
  if (names.size === 0) return undefined;
  const heading = 'Other open tabs: ';
  const told: string[] = [];
  let left = budget - heading.length - 20;
  for (const name of names) {
    if (told.length === MAX_TABS || name.length + 2 > left) break;
    left -= name.length + 2;
    told.push(name);
  }
  const missing = names.size - told.length;
  if (told.length === 0) return undefined;
  return `${heading}${told.join(', ')}${missing > 0 ? `, and ${missing} more` : ''}.`;
}

function isTabOf({ input }: vscode.Tab, shown: vscode.TextEditor | undefined): boolean {
  return input instanceof vscode.TabInputText && input.uri.toString() === shown?.document.uri.toString();
}

function tabName(gate: Pick<Gate, 'relative'>, { input, label, isDirty }: vscode.Tab): string {
  const isFile =
    input instanceof vscode.TabInputText ||
    input instanceof vscode.TabInputCustom ||
    input instanceof vscode.TabInputNotebook;
  const name = (isFile ? gate.relative(input.uri) : undefined) ?? label;
  return `${inOneLine(name, MAX_NAME_LENGTH)}${isDirty ? ' (not saved)' : ''}`;
}

interface VisiblePlan {
  readonly shown: ShownText;
  readonly lines: MaskedLines;
  readonly beside: readonly ShownText[];
  /** UTF-16 units for quoted lines; 0: they are only numbered. */
  readonly budget: number;
}

/** Less than a few lines are of no use. UTF-16 units. */
const MIN_QUOTED = 120;
const MAX_BESIDE = 3;

/** What can be seen without scrolling: the lines around the cursor if it is among them. */
function describeVisible({ shown, lines, beside, budget }: VisiblePlan): string | undefined {
  const seen = visibleLines(shown);
  if (seen === undefined) return undefined;
  const others = beside.slice(0, MAX_BESIDE).flatMap((other) => {
    const range = visibleLines(other);
    return range === undefined
      ? []
      : [`Visible beside it: ${other.path}, lines ${range.first + 1} to ${range.last + 1}.`];
  });
  const heading = `Visible of ${shown.path}: lines ${seen.first + 1} to ${seen.last + 1}.`;
  const left = budget - heading.length - others.join('\n').length - 80;
  if (left < MIN_QUOTED) return [heading, ...others].join('\n');
  const cursor = shown.editor.selection.active.line;
  const around = cursor >= seen.first && cursor <= seen.last ? cursor : seen.first;
  const quoted = linesAround(lines, { ...seen, around }, left);
  const isWhole = quoted.first === seen.first && quoted.last === seen.last;
  const which = isWhole ? heading : `${heading} Of these, ${quoted.first + 1} to ${quoted.last + 1}:`;
  return [...(quoted.text === '' ? [heading] : [which, quoted.text]), ...others].join('\n');
}

/** From the first to the last line that can be seen, from 0. What is folded in between counts as seen. */
function visibleLines({ editor }: ShownText): { readonly first: number; readonly last: number } | undefined {
  const { visibleRanges, document } = editor;
  const first = visibleRanges[0]?.start.line;
  const last = visibleRanges.at(-1)?.end.line;
  if (first === undefined || last === undefined) return undefined;
  return { first, last: Math.min(last, document.lineCount - 1) };
}
