import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { CART, EDIT, PRICED } from './cart-change.ts';
import { ChangeRig } from './change-rig.ts';

describe('proposing a change of a file', () => {
  let rig: ChangeRig;

  beforeEach(async () => {
    rig = await ChangeRig.open();
  });
  afterEach(() => rig.close());

  it('shows the file and what it would be in the diff editor, and writes nothing', async () => {
    const uri = await rig.write('cart.ts', CART);
    const response = await rig.propose({ 'cart.ts': [EDIT] }, 'count the items');
    assert.deepEqual(response, {
      status: 'ok',
      proposal: 'shown to the person, waiting for their decision',
      files: [{ path: rig.path('cart.ts'), fromLine: 3, places: 1 }],
    });
    const [diff] = rig.tabs();
    assert.equal(diff?.label, 'Proposed: count the items');
    assert.deepEqual(diff.before.map(String), [uri.toString()]);
    assert.equal(await rig.proposed('cart.ts'), PRICED);
    assert.equal(await rig.onDisk('cart.ts'), CART);
    assert.equal((await rig.document('cart.ts')).isDirty, false);
    assert.deepEqual(rig.told, []);
  });

  it('is written and saved by Accept, seen where it was changed, and taken back by one undo', async () => {
    await rig.write('cart.ts', CART);
    await rig.propose({ 'cart.ts': [EDIT, { find: 'let sum', replace: 'let all' }] }, 'count');
    await rig.accept();
    const written = PRICED.replace('let sum', 'let all');
    assert.equal(await rig.onDisk('cart.ts'), written);
    assert.deepEqual(rig.tabs(), []);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), rig.uri('cart.ts').toString());
    assert.equal(editor.selection.active.line, 1);
    assert.match(
      rig.told.join(),
      /"count" \(changed-by-tests\/\d+\/cart\.ts\): The person accepted it\. It is written and saved\./,
    );
    await vscode.commands.executeCommand('undo');
    await rig.reads('cart.ts', CART);
  });

  it('has ended once it is written, also where VS Code opens another editor instead of it', async () => {
    await rig.write('cart.ts', CART);
    await rig.propose({ 'cart.ts': [EDIT] }, 'count');
    const { showTextDocument } = vscode.window;
    const refused = () =>
      Promise.reject(new Error('Could NOT open editor because another editor opened in the meantime'));
    Object.assign(vscode.window, { showTextDocument: refused });
    try {
      await rig.accept();
    } finally {
      Object.assign(vscode.window, { showTextDocument });
    }
    assert.equal(await rig.onDisk('cart.ts'), PRICED);
    assert.deepEqual(rig.tabs(), [], 'nothing waits any more');
    assert.match(rig.told.join(), /The person accepted it\. It is written and saved\./);
  });

  it('is not written by a press that came as it appeared, and that is said', async () => {
    await rig.close();
    // Longer than any test: whatever is pressed here comes too early.
    rig = await ChangeRig.open(3_600_000);
    await rig.write('cart.ts', CART);
    await rig.propose({ 'cart.ts': [EDIT] });
    await rig.accept();
    assert.equal(await rig.onDisk('cart.ts'), CART);
    assert.equal(rig.tabs().length, 1, 'it still waits');
    assert.match(rig.person.read.join(), /only just appeared\. Accept it again/);
  });

  it('is gone by Discard, and the model is told not to insist', async () => {
    await rig.write('cart.ts', CART);
    await rig.propose({ 'cart.ts': [EDIT] });
    await rig.discard();
    assert.deepEqual(rig.tabs(), []);
    assert.equal(await rig.onDisk('cart.ts'), CART);
    assert.match(rig.told.join(), /discarded it\. Nothing was changed/);
    await rig.accept();
    assert.equal(await rig.onDisk('cart.ts'), CART);
  });

  it('works on what is on screen, and leaves the saving of unsaved changes to the person', async () => {
    const uri = await rig.write('cart.ts', CART);
    const editor = await vscode.window.showTextDocument(uri);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '// typed just now\n'));
    const response = await rig.propose({ 'cart.ts': [EDIT, { find: 'typed just now', replace: 'typed before' }] });
    assert.equal(response.status, 'ok');
    await rig.accept();
    const document = await rig.document('cart.ts');
    assert.equal(document.getText(), `// typed before\n${PRICED}`);
    assert.equal(document.isDirty, true);
    assert.equal(await rig.onDisk('cart.ts'), CART);
    assert.match(rig.told.join(), /not saved in changed-by-tests\/\d+\/cart\.ts/);
  });

  it('keeps line breaks and indentation of the file', async () => {
    const windows = CART.replaceAll('\n', '\r\n');
    await rig.write('windows.ts', windows);
    await rig.propose({ 'windows.ts': [{ find: 'sum = 0;\n\tfor', replace: 'sum = 0;\n\tlet count = 0;\n\tfor' }] });
    await rig.accept();
    assert.equal(await rig.onDisk('windows.ts'), windows.replace('sum = 0;', 'sum = 0;\r\n\tlet count = 0;'));
  });

  it('is offered again when the file changed meanwhile and it still fits, never written unseen', async () => {
    const uri = await rig.write('cart.ts', CART);
    await rig.propose({ 'cart.ts': [EDIT] });
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), '// theirs\n');
    await vscode.workspace.applyEdit(edit);
    await rig.accept();
    const document = await rig.document('cart.ts');
    assert.equal(document.getText(), `// theirs\n${CART}`);
    assert.match(
      rig.person.read.join(),
      /cart\.ts changed after this was proposed\. It still fits: read the change again/,
    );
    assert.match(
      rig.told.at(-1) ?? '',
      /had changed\. It still fits and is shown to them again; nothing is written yet/,
    );
    assert.equal(rig.tabs().length, 1);
    assert.equal((await rig.document('cart.ts')).getText().includes('count'), false);
    assert.equal(rig.proposals.active?.files[0]?.text, `// theirs\n${PRICED}`);
    await rig.accept();
    assert.equal(document.getText(), `// theirs\n${PRICED}`);
  });

  it('is given up, with the reason, when the file changed so that it does not fit any more', async () => {
    await rig.write('cart.ts', CART);
    await rig.propose({ 'cart.ts': [EDIT] });
    const edit = new vscode.WorkspaceEdit();
    edit.replace(rig.uri('cart.ts'), new vscode.Range(2, 0, 2, 99), '\tfor (const item of items) sum += item.cost;');
    await vscode.workspace.applyEdit(edit);
    await rig.accept();
    assert.match((await rig.document('cart.ts')).getText(), /item\.cost;/);
    assert.match(rig.person.read.join(), /no longer fits, so nothing was changed/);
    assert.match(rig.told.join(), /could not be accepted any more.*does not occur.*item\.cost/s);
    assert.deepEqual(rig.tabs(), []);
  });

  it('is given up when the file was deleted meanwhile', async () => {
    const uri = await rig.write('cart.ts', CART);
    await rig.propose({ 'cart.ts': [EDIT] });
    await vscode.workspace.fs.delete(uri);
    await rig.accept();
    assert.match(rig.told.join(), /does not exist/);
    await assert.rejects(rig.onDisk('cart.ts'));
  });

  it('is shown, not written, when Accept comes while something else is on screen', async () => {
    await rig.write('cart.ts', CART);
    await rig.propose({ 'cart.ts': [EDIT] });
    await vscode.window.showTextDocument(await rig.write('other.ts', 'other\n'));
    await rig.accept();
    assert.equal(await rig.onDisk('cart.ts'), CART);
    assert.ok(rig.proposals.active);
    await rig.accept();
    assert.equal(await rig.onDisk('cart.ts'), PRICED);
  });

  it('stays when its diff is closed, and is shown again by its line in the conversation', async () => {
    await rig.write('cart.ts', CART);
    await rig.propose({ 'cart.ts': [EDIT] });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const [proposal] = rig.proposals.waiting;
    await rig.proposals.accept(proposal?.id);
    assert.equal(await rig.onDisk('cart.ts'), CART);
    assert.equal(rig.tabs().length, 1);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.equal(await rig.proposals.reveal(proposal?.id ?? ''), true);
    assert.equal(rig.tabs().length, 1);
    await rig.discard();
    assert.equal(await rig.proposals.reveal(proposal?.id ?? ''), false);
  });

  it('is one when it is proposed twice, and written once when Accept is pressed twice', async () => {
    await rig.write('cart.ts', CART);
    const edits = [{ find: 'let sum = 0;', replace: 'let sum = 0;\n\tlet sum = 0;' }];
    const [first, second] = await Promise.all([rig.propose({ 'cart.ts': edits }), rig.propose({ 'cart.ts': edits })]);
    assert.deepEqual(first, second);
    assert.equal(rig.tabs().length, 1);
    await Promise.all([rig.accept(), rig.accept()]);
    assert.equal((await rig.onDisk('cart.ts')).split('let sum').length, 3);
  });

  it('is replaced by one that corrects it, while one for another place waits beside it', async () => {
    await rig.write('cart.ts', CART);
    await rig.propose({ 'cart.ts': [EDIT] }, 'first');
    await rig.propose({ 'cart.ts': [{ find: 'item.price;', replace: 'item.cost;' }] }, 'corrected');
    await rig.propose({ 'cart.ts': [{ find: 'return sum', replace: 'return sum || 0' }] }, 'elsewhere');
    assert.deepEqual(
      rig.proposals.waiting.map(({ summary }) => summary),
      ['corrected', 'elsewhere'],
    );
    assert.match(rig.told.join(), /"first".*A newer proposal/);
    await rig.accept();
    assert.match(await rig.onDisk('cart.ts'), /item\.price;\n\treturn sum \|\| 0/);
    // The other one was read on top of another text.
    await rig.accept();
    await rig.accept();
    await rig.accept();
    assert.match(await rig.onDisk('cart.ts'), /item\.cost;\n\treturn sum \|\| 0/);
  });

  it('waits for a bounded number of decisions', async () => {
    const names = Array.from({ length: 11 }, (_, index) => `file-${index}.ts`);
    for (const name of names) await rig.write(name, CART);
    const propose = (name: string) => rig.propose({ [name]: [EDIT] }, name);
    // The first by itself: it is the oldest, and makes room.
    const [oldest = '', ...others] = names;
    const responses = [await propose(oldest), ...(await Promise.all(others.map(propose)))];
    assert.deepEqual(new Set(responses.map(({ status }) => status)), new Set(['ok']));
    assert.equal(rig.proposals.waiting.length, 10);
    assert.equal(rig.tabs().length, 10);
    assert.match(rig.told.join(), /"file-0\.ts".*too many others wait/);
    for (const name of names) assert.equal(await rig.onDisk(name), CART);
  });
});

describe('deciding by keyboard', () => {
  interface Manifest {
    readonly contributes: { readonly keybindings: readonly { readonly command: string; readonly when: string }[] };
  }

  it('is for the proposal that is on screen, and for nothing else', async () => {
    // VS Code tells an extension no context key's value: what it is told is read on its way.
    const told = new Map<string, unknown>();
    const { executeCommand } = vscode.commands;
    const listening = (command: string, ...args: unknown[]): Thenable<unknown> => {
      if (command === 'setContext') told.set(String(args[0]), args[1]);
      return executeCommand(command, ...args);
    };
    Object.assign(vscode.commands, { executeCommand: listening });
    const rig = await ChangeRig.open();
    try {
      const onScreen = () => told.get('talkthrough.proposalActive');
      assert.equal(onScreen(), false);
      await rig.write('cart.ts', CART);
      await rig.propose({ 'cart.ts': [EDIT] });
      assert.equal(onScreen(), true);
      const other = await vscode.window.showTextDocument(await rig.write('other.ts', 'other\n'));
      assert.ok(other);
      assert.deepEqual([onScreen(), told.get('talkthrough.proposalOpen')], [false, true]);
      await rig.accept();
      assert.equal(onScreen(), true);
      await rig.discard();
      assert.deepEqual([onScreen(), told.get('talkthrough.proposalOpen')], [false, false]);
    } finally {
      Object.assign(vscode.commands, { executeCommand });
      await rig.close();
    }
    // VS Code types an extension's package.json as any; ours is at the root of this repository.
    const manifest = vscode.extensions.getExtension('talkthrough.talkthrough')?.packageJSON as Manifest;
    const keys = manifest.contributes.keybindings.filter(({ when }) => when === 'talkthrough.proposalActive');
    assert.deepEqual(
      keys.map(({ command }) => command),
      ['talkthrough.acceptProposal', 'talkthrough.discardProposal'],
    );
  });
});
