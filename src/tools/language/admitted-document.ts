import * as vscode from 'vscode';
import type { Gate } from '../../gate/gate.ts';
import { failed, type ToolResult } from '../tool.ts';

/** Language servers themselves give up on larger ones, and a log of 200 MB is no program. Bytes. */
const MAX_BYTES = 5_000_000;

export interface AdmittedDocument {
  readonly document: vscode.TextDocument;
  /** Workspace-relative. */
  readonly path: string;
}

/** A file that the model named, as its language server sees it: what is typed and not saved yet is part of it. */
export async function admittedDocument(
  gate: Pick<Gate, 'readable'>,
  path: string,
  signal: AbortSignal,
): Promise<AdmittedDocument | { readonly refusal: ToolResult }> {
  const found = await gate.readable(path, signal);
  if ('refused' in found) return { refusal: failed(found.refused) };
  const refused = (why: string) => ({ refusal: failed(`${found.path} ${why}`) });
  const known = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === found.uri.toString());
  if (known !== undefined) return { document: known, path: found.path };
  try {
    const { type, size } = await vscode.workspace.fs.stat(found.uri);
    if ((type & vscode.FileType.Directory) !== 0) return refused('is a folder. Name a file in it.');
    if (size > MAX_BYTES) return refused(`has ${Math.round(size / 1e6)} MB, which is too large for this.`);
    return { document: await vscode.workspace.openTextDocument(found.uri), path: found.path };
  } catch {
    return refused('could not be opened as text. It may be binary, or be gone.');
  }
}
