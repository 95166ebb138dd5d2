import '../protocol/zod.ts';
import * as vscode from 'vscode';
import * as z from 'zod';
import type { Gate } from '../gate/gate.ts';
import { shown } from './shown-path.ts';
import { failed, tool, type Tool } from './tool.ts';

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
