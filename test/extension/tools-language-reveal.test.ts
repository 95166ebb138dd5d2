import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { EditorPointer } from '../../src/editor/editor-pointer.ts';
import { Highlight } from '../../src/editor/highlight.ts';
import { Gate } from '../../src/gate/gate.ts';
import { reveal } from '../../src/tools/reveal.ts';
import type { Tool } from '../../src/tools/tool.ts';
import { KeptInMemory } from './kept-in-memory.ts';
import { inProject } from './sample-project.ts';
import { call, callWithLine } from './tool-call.ts';

const CART = 'src/shop/cart.ts';
const RECEIPT = 'src/shop/receipt.ts';
const LARGE = 'src/zod/v4/classic/schemas.ts';

const isShown = (editor: vscode.TextEditor, path: string): boolean =>
  editor.document.uri.toString() === inProject(path).toString();

/** Until a line of a file can be seen. */
async function lineIsSeen(path: string, line: number): Promise<vscode.TextEditor> {
  for (;;) {
    const seen = vscode.window.visibleTextEditors.find(
      (editor) =>
        isShown(editor, path) &&
        editor.visibleRanges.some(({ start, end }) => start.line < line && line - 1 <= end.line),
    );
    if (seen !== undefined) return seen;
    await new Promise<void>((resolve) => {
      const listeners = [
        vscode.window.onDidChangeTextEditorVisibleRanges(done),
        vscode.window.onDidChangeVisibleTextEditors(done),
      ];
      function done(): void {
        for (const listener of listeners) listener.dispose();
        resolve();
      }
    });
  }
}

describe('reveal', () => {
  let gate: Gate;
  let pointer: EditorPointer;
  let tool: Tool;

  before(() => {
    gate = new Gate({ memory: new KeptInMemory() });
  });
  after(() => gate.dispose());
  beforeEach(() => {
    pointer = new EditorPointer();
    tool = reveal(gate, pointer);
  });
  afterEach(async () => {
    pointer.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('goes to the lines in a tab that takes no other one, and leaves the model speaking', async () => {
    // What the person only previews would be lost to the next preview.
    await vscode.window.showTextDocument(inProject(RECEIPT), { preview: true });
    const prepared = tool.prepare({ path: LARGE, line: 1_500, endLine: 1_510, note: 'here' });
    assert.ok('run' in prepared);
    const { response, quiet } = await prepared.run({ signal: new AbortController().signal });
    assert.deepEqual([response.status, quiet], ['ok', true]);
    await lineIsSeen(LARGE, 1_500);
    const labels = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    assert.deepEqual(labels, ['receipt.ts', 'schemas.ts']);
    // The next one takes the tab of this one.
    await call(tool, { path: CART, line: 3 });
    await lineIsSeen(CART, 3);
    assert.deepEqual(
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)),
      ['receipt.ts', 'cart.ts'],
    );
  });

  it('leaves the cursor where it was', async () => {
    const editor = await vscode.window.showTextDocument(inProject(LARGE), { preview: false });
    editor.selection = new vscode.Selection(3, 2, 3, 2);
    await call(tool, { path: LARGE, line: 1_200 });
    const shown = await lineIsSeen(LARGE, 1_200);
    assert.equal(shown.selection.active.line, 3);
  });

  it('does not take the editor away from somebody who types: it opens beside it', async () => {
    const typed = await vscode.window.showTextDocument(inProject(CART), { preview: false });
    await typed.edit((edit) => edit.insert(new vscode.Position(0, 0), '// typing\n'));
    await call(tool, { path: RECEIPT, line: 4 });
    const shown = await lineIsSeen(RECEIPT, 4);
    assert.notEqual(shown.viewColumn, typed.viewColumn);
    const active = vscode.window.activeTextEditor;
    assert.ok(active !== undefined && isShown(active, CART), 'the next key still goes there');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('says what it did, and refuses lines and files that are not there', async () => {
    const { line } = await callWithLine(tool, { path: CART, line: 3, endLine: 7 });
    assert.deepEqual(line, {
      text: 'Showed src/shop/cart.ts 3 to 7',
      opens: { path: CART, line: 3, endLine: 7 },
    });
    const beyond = await call(tool, { path: CART, line: 99 });
    assert.match(JSON.stringify(beyond), /has 16 lines/);
    for (const path of ['.env', '../outside/secret.txt', 'links/settings.txt']) {
      assert.equal((await call(tool, { path, line: 1 })).status, 'error', path);
    }
    assert.equal(
      vscode.window.visibleTextEditors.filter((editor) => editor.document.uri.path.endsWith('.env')).length,
      0,
    );
  });
});

describe('a highlight', () => {
  it('fades step by step, is gone at the end, and gives way to the next one at once', async () => {
    const highlight = new Highlight({ holdMs: 1, holdWithNoteMs: 1, fadeMs: 10 });
    try {
      const real = await vscode.window.showTextDocument(inProject(CART));
      const lines = new Map<vscode.TextEditorDecorationType, number>();
      let most = 0;
      let steps = 0;
      const editor: Pick<vscode.TextEditor, 'setDecorations'> = {
        setDecorations(type: vscode.TextEditorDecorationType, ranges: readonly vscode.Range[]) {
          real.setDecorations(type, ranges);
          lines.set(type, ranges.length);
          if (ranges.length > 0) steps += 1;
          most = Math.max(
            most,
            [...lines.values()].reduce((sum, count) => sum + count, 0),
          );
        },
      };
      await highlight.show(editor, new vscode.Range(2, 0, 6, 1), 'the cart');
      assert.ok(
        [...lines.values()].every((count) => count === 0),
        'nothing is left',
      );
      assert.ok(steps >= 10, `${steps} steps`);
      assert.ok(most <= 3, 'one step at a time, and the note');
      const first = highlight.show(editor, new vscode.Range(2, 0, 2, 1));
      const second = highlight.show(editor, new vscode.Range(4, 0, 4, 1));
      await first;
      await second;
      assert.ok([...lines.values()].every((count) => count === 0));
    } finally {
      highlight.dispose();
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    }
  });
});
