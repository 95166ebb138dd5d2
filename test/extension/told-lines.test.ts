import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { readableLineCount } from '../../src/editor/line-count.ts';
import { linesOf } from '../../src/tools/file-text.ts';

describe('the number of lines that is told', () => {
  it('is the same for a document on screen and for a file that is read', async () => {
    for (const content of ['a\nb\n', 'a\r\nb\r\n', 'a\nb', 'a', 'a\n\n']) {
      const document = await vscode.workspace.openTextDocument({ content });
      assert.equal(readableLineCount(document), linesOf(content).length, JSON.stringify(content));
    }
  });
});
