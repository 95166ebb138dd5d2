import * as vscode from 'vscode';

/** Larger files are data, not something to talk about; and nothing larger is ever loaded. */
export const MAX_FILE_BYTES = 2 * 1024 * 1024;
/** How much of a file is looked at to tell text from binary, as git does. */
const SNIFFED_BYTES = 8_000;

export interface FileText {
  readonly text: string;
  /** What is on screen, not yet on disk. */
  readonly unsaved: boolean;
}

export interface NoText {
  /** Ends a sentence that begins with the file's name. */
  readonly problem: string;
}

/** The text of a file as the person sees it: what they have typed and not saved wins. Decoded by their settings. */
export async function fileText(uri: vscode.Uri): Promise<FileText | NoText> {
  const document = unsavedDocument(uri);
  if (document !== undefined) return { text: document.getText(), unsaved: true };
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) !== 0) return { problem: 'is a folder. list_files tells what is in it.' };
    if (size > MAX_FILE_BYTES)
      return {
        problem: `has ${megabytes(size)} MB; at most ${megabytes(MAX_FILE_BYTES)} MB are read. search_text finds a part of smaller files.`,
      };
    const bytes = await vscode.workspace.fs.readFile(uri);
    if (isBinary(bytes)) return { problem: 'is not a text file.' };
    return { text: utf8(bytes) ?? (await vscode.workspace.decode(bytes, { uri })), unsaved: false };
  } catch {
    return { problem: 'could not be read.' };
  }
}

/** The document of a file that was changed and not saved. */
export function unsavedDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.isDirty && document.uri.toString() === key);
}

/** Lines as VS Code counts them, without the empty one after a last line break. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** What can be read as UTF-8 is that. To know better by the person's settings takes a round trip to their window for each file. */
function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isBinary(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return !isUtf16 && bytes.subarray(0, SNIFFED_BYTES).includes(0);
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(bytes < 10 * 1024 * 1024 ? 1 : 0).replace(/\.0$/, '');
}
