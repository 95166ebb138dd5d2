import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { Conversation } from '../../src/conversations/conversation.ts';
import type { ToolEntry } from '../../src/protocol/conversation.ts';
import { EntryOpener } from '../../src/ui/open-entry.ts';
import { ChangeRig } from './change-rig.ts';
import { callWithLine } from './tool-call.ts';

const CART = Array.from({ length: 60 }, (_, index) => `const line${index + 1} = ${index + 1};\n`).join('');

describe('a line of the conversation', () => {
  let rig: ChangeRig;
  let conversation: Conversation;

  beforeEach(async () => {
    rig = await ChangeRig.open();
    conversation = new Conversation();
    await rig.write('cart.ts', CART);
  });
  afterEach(async () => {
    conversation.dispose();
    await rig.close();
  });

  async function openLine(opens: ToolEntry['opens']): Promise<void> {
    const line = { kind: 'tool', id: 'line', atMs: 1, text: 'a line', status: 'done' } as const;
    conversation.put({ ...line, ...(opens !== undefined && { opens }) });
    await new EntryOpener(conversation, rig.gate, rig.proposals).open('line');
  }

  /** Calls a tool; what its line opens. */
  async function opened(name: string, args: unknown): Promise<ToolEntry['opens']> {
    const tool = rig.tools.find((one) => one.name === name);
    assert.ok(tool);
    const { response, line } = await callWithLine(tool, args);
    assert.equal(response.status, 'ok', JSON.stringify(response));
    return line?.opens;
  }

  const propose = () =>
    opened('propose_edit', {
      files: [{ path: rig.path('cart.ts'), edits: [{ find: 'line30 = 30', replace: 'line30 = 31' }] }],
      summary: 'one more',
    });

  /** The file that is on screen by itself, and what is selected there, lines from 1. */
  function onScreen(): { readonly path: string | undefined; readonly lines: readonly number[] } {
    const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
    const path = input instanceof vscode.TabInputText ? vscode.workspace.asRelativePath(input.uri) : undefined;
    const selection = vscode.window.activeTextEditor?.selection;
    return { path, lines: selection === undefined ? [] : [selection.start.line + 1, selection.end.line + 1] };
  }

  it('that read lines opens those lines, also while a change of that file waits', async () => {
    await propose();
    assert.ok(rig.proposals.active);
    await openLine({ path: rig.path('cart.ts'), line: 10, endLine: 48 });
    assert.deepEqual(onScreen(), { path: rig.path('cart.ts'), lines: [10, 48] });
    assert.equal(rig.proposals.waiting.length, 1);
  });

  it('that proposed a change shows it while it waits, and afterwards the place that was changed', async () => {
    const opens = await propose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await openLine(opens);
    assert.ok(rig.proposals.active);
    await rig.discard();
    await openLine(opens);
    assert.deepEqual(onScreen(), { path: rig.path('cart.ts'), lines: [30, 30] });
  });

  it('that proposed a new file shows it while it waits, and afterwards says that there is none', async () => {
    const opens = await opened('create_file', { path: rig.path('shelf.ts'), content: 'export {};\n' });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await openLine(opens);
    assert.ok(rig.proposals.active);
    await rig.discard();
    await openLine(opens);
    assert.match(rig.person.read.join(), /There is no .*shelf\.ts/);
  });

  it('opens nothing that may not be read, and nothing where it names nothing', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await openLine({ path: '.env' });
    assert.match(rig.person.read.join(), /“\.env” cannot be opened from here: it is private/);
    await openLine(undefined);
    await new EntryOpener(conversation, rig.gate, rig.proposals).open('no such line');
    assert.equal(onScreen().path, undefined);
  });
});
