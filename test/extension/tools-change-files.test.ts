import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { CART, EDIT } from './cart-change.ts';
import { ChangeRig } from './change-rig.ts';

describe('proposing a change of several files', () => {
  let rig: ChangeRig;

  beforeEach(async () => {
    rig = await ChangeRig.open();
  });
  afterEach(() => rig.close());

  it('shows all of it as one, writes it as one, and one undo takes all of it back', async () => {
    await rig.write('a.ts', 'const one = 1;\n');
    await rig.write('b.ts', 'use(one);\nuse(one);\n');
    await rig.propose(
      { 'a.ts': [{ find: 'one', replace: 'first' }], 'b.ts': [{ find: 'one', replace: 'first', all: true }] },
      'rename one to first',
    );
    const [diff, ...others] = rig.tabs();
    assert.deepEqual(others, []);
    assert.match(diff?.label ?? '', /Proposed: rename one to first/);
    assert.equal(diff?.after.length, 2);
    assert.equal(await rig.proposed('b.ts'), 'use(first);\nuse(first);\n');
    await rig.accept();
    assert.equal(await rig.onDisk('a.ts'), 'const first = 1;\n');
    assert.equal(await rig.onDisk('b.ts'), 'use(first);\nuse(first);\n');
    assert.deepEqual(rig.tabs(), []);
    await vscode.commands.executeCommand('undo');
    await rig.reads('a.ts', 'const one = 1;\n');
    await rig.reads('b.ts', 'use(one);\nuse(one);\n');
  });

  it('writes none of them when one has changed so that it does not fit', async () => {
    await rig.write('a.ts', 'const one = 1;\n');
    await rig.write('b.ts', 'use(one);\n');
    const change = [{ find: 'one', replace: 'first' }];
    await rig.propose({ 'a.ts': change, 'b.ts': change });
    const edit = new vscode.WorkspaceEdit();
    edit.replace(rig.uri('b.ts'), new vscode.Range(0, 0, 0, 9), 'use(two);');
    await vscode.workspace.applyEdit(edit);
    await rig.accept();
    assert.equal(await rig.onDisk('a.ts'), 'const one = 1;\n');
    assert.equal((await rig.document('a.ts')).getText(), 'const one = 1;\n');
  });

  it('proposes nothing when one edit misses, and says where', async () => {
    await rig.write('a.ts', CART);
    await rig.write('b.ts', CART);
    const response = await rig.propose({ 'a.ts': [EDIT], 'b.ts': [{ find: '  return sum', replace: '' }] });
    assert.equal(response.status, 'error');
    assert.ok('retry' in response && response.retry);
    assert.match(rig.refusal(response), /b\.ts:\nEdit 1: .*nearest lines are 4 to 4:\n\treturn sum;/);
    assert.deepEqual(rig.tabs(), []);
    assert.equal(rig.proposals.waiting.length, 0);
  });
});

describe('proposing a new file', () => {
  let rig: ChangeRig;

  beforeEach(async () => {
    rig = await ChangeRig.open();
  });
  afterEach(() => rig.close());

  it('shows it beside nothing, makes it on Accept, with its folders, and one undo takes it away', async () => {
    const path = rig.path('new/folder/shelf.ts');
    const response = await rig.call('create_file', { path, content: 'export {};\n' });
    assert.equal(response.status, 'ok');
    assert.equal(await rig.proposed('new/folder/shelf.ts'), 'export {};\n');
    await assert.rejects(rig.onDisk('new/folder/shelf.ts'));
    await rig.accept();
    assert.equal(await rig.onDisk('new/folder/shelf.ts'), 'export {};\n');
    assert.equal(vscode.window.activeTextEditor?.document.uri.path.endsWith('shelf.ts'), true);
    const gone = new Promise<void>((resolve) => {
      const listener = vscode.workspace.onDidDeleteFiles(() => {
        listener.dispose();
        resolve();
      });
    });
    await vscode.commands.executeCommand('undo');
    await gone;
    await assert.rejects(rig.onDisk('new/folder/shelf.ts'));
  });

  it('never overwrites: not when it is proposed, and not when it is accepted', async () => {
    await rig.write('shelf.ts', 'theirs\n');
    const refused = await rig.call('create_file', { path: rig.path('shelf.ts'), content: 'mine\n' });
    assert.match(rig.refusal(refused), /exists already/);
    await rig.call('create_file', { path: rig.path('later.ts'), content: 'mine\n' });
    await rig.write('later.ts', 'theirs\n');
    await rig.accept();
    assert.equal(await rig.onDisk('later.ts'), 'theirs\n');
    assert.match(rig.told.join(), /exists already/);
  });
});
