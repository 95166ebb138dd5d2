import * as vscode from 'vscode';
import { linesAround, MaskedLines } from '../editor/quoted-lines.ts';
import { shownEditor } from '../editor/shown-editor.ts';
import { noSubject, type NoSubject } from '../problems/ask-problems.ts';
import { SUBJECT_BUDGET, subjectPath, type AskGate, type AskSubject } from './ask-subject.ts';
import { readableLineCount } from '../editor/line-count.ts';

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
