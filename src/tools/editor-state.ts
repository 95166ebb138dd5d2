import '../protocol/zod.ts';
import type * as vscode from 'vscode';
import * as z from 'zod';
import { describeEditor } from '../editor/editor-description.ts';
import { mayTellUntitled, type Verdict } from '../editor/read-verdicts.ts';
import { editorsBeside, fileOf, shownEditor } from '../editor/shown-editor.ts';
import { RESULT_BUDGET } from './budget.ts';
import type { Gate } from '../gate/gate.ts';
import { tool, type Tool } from './tool.ts';

/** Less than other results: it is asked for often, and what it cuts can be read. UTF-16 units. */
const BUDGET = RESULT_BUDGET * 0.75;

/** What the person has before their eyes, at this moment. */
export function editorState(gate: Gate): Tool {
  return tool({
    name: 'editor_state',
    kind: 'read',
    fleeting: true,
    description:
      'Tells what is in front of the person now: workspace, active file, selection or cursor, the lines that can be seen, problems and other open tabs. Notes keep you informed of it; call this when "this" or "here" could mean something else than the last note says, or when you need more of the text than the note quotes.',
    timeLimitMs: 5_000,
    schema: z.object({}),
    line: () => ({ text: 'Looked at the editor' }),
    async run() {
      const editor = shownEditor();
      const files = [...(editor === undefined ? [] : [editor]), ...editorsBeside(editor)].map(({ document }) =>
        fileOf(document),
      );
      const readable = new Set<string>();
      for (const file of files) {
        if (file.scheme === 'untitled' ? mayTellUntitled(gate, file) : await gate.mayRead(file))
          readable.add(file.toString());
      }
      const verdictOn = (file: vscode.Uri): Verdict => (readable.has(file.toString()) ? 'readable' : 'private');
      return { response: { status: 'ok', ...describeEditor({ gate, verdictOn, budget: BUDGET, quoteVisible: true }) } };
    },
  });
}
