import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { documentPath } from '../editor/editor-description.ts';
import { mayTellUntitled } from '../editor/read-verdicts.ts';
import { fileOf, shownEditor } from '../editor/shown-editor.ts';
import type { Gate } from '../gate/gate.ts';
import { noSubject, type NoSubject } from '../problems/ask-problems.ts';
import { linesAround, MaskedLines, inOneLine } from '../editor/quoted-lines.ts';
import { readableLineCount } from '../editor/line-count.ts';

export type AskGate = Pick<Gate, 'mayRead' | 'isExcludedName' | 'relative' | 'mask'>;

/** What is asked about: the model is told of it before the question. */
export interface AskSubject {
  /** For the person: `src/cart.ts 10 to 14`. */
  readonly name: string;
  /** For the model; gated and masked, no longer than a note. */
  readonly about: string;
}

/** A note has room for 8,000 UTF-16 units; some are needed for what surrounds the text. */
export const SUBJECT_BUDGET = 7_000;

/** The path by which a document is told; or why nothing of it is. */
export async function subjectPath(gate: AskGate, document: vscode.TextDocument): Promise<string | NoSubject> {
  const file = fileOf(document);
  const path = documentPath(gate, document);
  // What is typed into a new editor belongs to no file that could be private.
  if (file.scheme === 'untitled' ? mayTellUntitled(gate, file) : await gate.mayRead(file)) return path;
  return noSubject({ code: whyNot(gate, file), path });
}

function whyNot(gate: AskGate, file: vscode.Uri): 'outside-workspace' | 'excluded' | 'private-target' {
  if (gate.relative(file) === undefined) return 'outside-workspace';
  return gate.isExcludedName(file) ? 'excluded' : 'private-target';
}

/** Larger ones are logs and data, which are talked about by their parts. Bytes. */
const MAX_BYTES = 5_000_000;

/** More than fit, unless nearly all are empty. */
const MAX_LINES = 500;

/** A file as a whole: its name, and its beginning. @param given by the menu; absent: what is open */
export async function fileSubject(gate: AskGate, given: vscode.Uri | undefined): Promise<AskSubject | NoSubject> {
  const document = given === undefined ? shownEditor()?.document : await openText(given);
  if (document === undefined) return noSubject({ code: 'no-file' });
  if ('sentence' in document) return document;
  const path = await subjectPath(gate, document);
  if (typeof path !== 'string') return path;
  const last = Math.min(document.lineCount - 1, MAX_LINES);
  const all = new vscode.Range(0, 0, last, 0);
  const quoted = linesAround(
    new MaskedLines(gate, document.getText(), all),
    { first: 0, last, around: 0 },
    SUBJECT_BUDGET,
  );
  const rest = quoted.last < document.lineCount - 1 ? '\n(cut here; document_outline and read_file have the rest)' : '';
  const facts = `${document.languageId}, ${readableLineCount(document)} lines`;
  return {
    name: path,
    about: `The person wants to talk about the file ${path} (${facts}); "this" and "this file" mean it:\n${quoted.text}${rest}`,
  };
}

async function openText(uri: vscode.Uri): Promise<vscode.TextDocument | NoSubject> {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) return open;
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) !== 0) return noSubject({ code: 'folder', name });
    if (size > MAX_BYTES) return noSubject({ code: 'too-large', name, sizeBytes: size });
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return noSubject({ code: 'binary', name });
  }
}

/**
 * What is selected in the terminal. VS Code has no stable API that tells it (`Terminal.selection` is a proposal), so it is
 * copied by VS Code's own command, read from the clipboard, and what was on the clipboard is put back.
 */
export async function terminalSubject(gate: Pick<AskGate, 'mask'>): Promise<AskSubject | NoSubject> {
  const text = await copiedSelection();
  if (text.trim() === '') return noSubject({ code: 'no-output-selected' });
  const name = vscode.window.activeTerminal?.name ?? 'the terminal';
  const lines = gate
    .mask(text)
    .split(/\r\n|\n|\r/)
    // Each behind a bar, so that nothing that was printed can pass for a line of Talkthrough's own.
    .map((line) => `| ${inOneLine(line, 400)}`);
  // What went wrong is said at the end.
  const kept: string[] = [];
  let left = SUBJECT_BUDGET;
  for (const line of lines.toReversed()) {
    left -= line.length + 1;
    if (left < 0) break;
    kept.unshift(line);
  }
  const cut = kept.length < lines.length ? `(the first ${lines.length - kept.length} lines are left out)\n` : '';
  return {
    name: `the selection in ${name}`,
    about: `The person asks about this output of the terminal ${JSON.stringify(name)}; "this" means it:\n${cut}${kept.join('\n')}`,
  };
}

async function copiedSelection(): Promise<string> {
  const { clipboard } = vscode.env;
  const before = await clipboard.readText();
  // Where nothing is selected, nothing is copied: this is still there then.
  const nothing = `talkthrough ${randomUUID()}`;
  try {
    await clipboard.writeText(nothing);
    await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
    const copied = await clipboard.readText();
    return copied === nothing ? '' : copied;
  } finally {
    await clipboard.writeText(before);
  }
}
