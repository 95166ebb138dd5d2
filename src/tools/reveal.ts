import '../protocol/zod.ts';
import * as z from 'zod';
import type { EditorPointer } from '../editor/editor-pointer.ts';
import { inOneLine } from '../editor/quoted-lines.ts';
import type { Gate } from '../gate/gate.ts';
import { admittedDocument } from './language/admitted-document.ts';
import { shown } from './shown-path.ts';
import { failed, tool, type Tool } from './tool.ts';
import { readableLineCount } from '../editor/line-count.ts';
import * as vscode from 'vscode';

/** Behind a line of code there is room for about as much. */
const MAX_NOTE_LENGTH = 80;

/** The editor goes where the model speaks of. */
export function reveal(gate: Gate, pointer: Pick<EditorPointer, 'point'>): Tool {
  return tool({
    name: 'reveal',
    kind: 'show',
    description:
      'Shows the person a place in the code: the editor goes there and highlights the lines softly for some seconds. Call it whenever you speak of certain lines, just before you do, and go on speaking.',
    schema: z.object({
      path: z.string().min(1).describe('Workspace-relative path of the file, with forward slashes.'),
      line: z.number().int().min(1).describe('First line, from 1.'),
      endLine: z.number().int().min(1).optional().describe('Last line; leave it out for one line.'),
      note: z.string().max(MAX_NOTE_LENGTH).optional().describe('A few words that are shown behind the first line.'),
    }),
    line: ({ path, line, endLine = line }) => ({
      text: endLine > line ? `Showed ${shown(path)} ${line} to ${endLine}` : `Showed ${shown(path)} ${line}`,
      opens: { path, line, endLine: Math.max(line, endLine) },
    }),
    async run({ path: asked, line, endLine = line, note = '' }, { signal }) {
      const admitted = await admittedDocument(gate, asked, signal);
      if ('refusal' in admitted) return admitted.refusal;
      const { document, path } = admitted;
      const count = readableLineCount(document);
      if (line > count) return failed(`${path} has ${count} lines, so there is no line ${line}.`, true);
      if (signal.aborted) return failed('Nobody waits for it any more.');
      const last = Math.min(Math.max(line, endLine), count);
      await pointer.point({ document, first: line - 1, last: last - 1, note: inOneLine(note) });
      return { response: { status: 'ok', path, line, endLine: last }, quiet: true };
    },
  });
}

/** Shows a file in the editor, without taking the keyboard away from where it is. */
export function openFile(gate: Gate): Tool {
  return tool({
    name: 'open_file',
    kind: 'show',
    description:
      'Opens a file of the workspace in the editor, for the person to see. Call it when they ask to see or open a file. To point out a part while you explain, call reveal instead.',
    schema: z.object({
      path: z.string().describe('Relative to the workspace, as src/cart.ts.'),
      line: z.number().int().min(1).optional().describe('The line to show, from 1.'),
    }),
    line: ({ path }) => ({ text: `Opened ${shown(path)}` }),
    async run({ path, line }, { signal }) {
      const admitted = await gate.readable(path, signal);
      if ('refused' in admitted) return failed(admitted.refused);
      const { uri } = admitted;
      const { type } = await vscode.workspace.fs.stat(uri);
      if ((type & vscode.FileType.Directory) !== 0) return failed(`${admitted.path} is a folder, not a file.`);
      const at = line === undefined ? undefined : new vscode.Position(line - 1, 0);
      const options: vscode.TextDocumentShowOptions = {
        preserveFocus: true,
        ...(at !== undefined && { selection: new vscode.Range(at, at) }),
      };
      // Opens pictures and notebooks, too, each in its own kind of editor.
      await vscode.commands.executeCommand('vscode.open', uri, options);
      const opens = { path: admitted.path, ...(line !== undefined && { line }) };
      return {
        response: { status: 'ok', path: admitted.path },
        quiet: true,
        line: { text: `Opened ${shown(admitted.path)}${line === undefined ? '' : ` at ${line}`}`, opens },
      };
    },
  });
}
