import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { documentOutline } from '../../src/tools/document-outline.ts';
import { editorState } from '../../src/tools/editor-state.ts';
import { findReferences } from '../../src/tools/find-references.ts';
import { findSymbol } from '../../src/tools/find-symbol.ts';
import { Gate } from '../../src/gate/gate.ts';
import { goToDefinition } from '../../src/tools/go-to-definition.ts';
import { hover } from '../../src/tools/hover.ts';
import { problems } from '../../src/tools/problems.ts';
import type { Tool } from '../../src/tools/tool.ts';
import { ALL_PLANTED } from '../sample-project/planted-secrets.ts';
import { KeptInMemory } from './kept-in-memory.ts';
import { inProject } from './sample-project.ts';
import { call, callWithLine, type Found } from './tool-call.ts';

const CART = 'src/shop/cart.ts';
const SCHEMAS = 'src/zod/v4/core/schemas.ts';

const messageOf = (found: Found): string => (found.status === 'ok' ? 'it went well' : found.message);

function assertOk(found: Found): void {
  assert.equal(found.status, 'ok', JSON.stringify(found));
}

/** Nothing that must not leave is in it. */
function assertClean(...found: readonly Found[]): void {
  const sent = JSON.stringify(found);
  for (const secret of ALL_PLANTED) assert.ok(!sent.includes(secret), secret);
}

/** Until VS Code shows something wrong with a file. */
async function problemsShownIn(uri: vscode.Uri): Promise<void> {
  while (vscode.languages.getDiagnostics(uri).length === 0) {
    await new Promise<void>((resolve) => {
      const listener = vscode.languages.onDidChangeDiagnostics(() => {
        listener.dispose();
        resolve();
      });
    });
  }
}

describe('asking the language server', () => {
  let gate: Gate;
  const closing: { dispose(): unknown }[] = [];

  before(() => {
    gate = new Gate({ memory: new KeptInMemory() });
  });
  after(() => gate.dispose());
  afterEach(async () => {
    for (const one of closing.splice(0)) one.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('find_symbol wakes a server that sleeps, and waits until it has read the project', async () => {
    const { response, line } = await callWithLine(findSymbol(gate), { query: 'cartTotal' });
    assertOk(response);
    assert.match(String(response['symbols']).split('\n')[0] ?? '', /^src\/shop\/cart\.ts 10 function cartTotal/);
    assert.deepEqual(line?.opens, { path: CART, line: 10 });
  });

  it('find_symbol puts the name itself first, goes on where it was cut, and says what to do when it is unknown', async () => {
    const tool = findSymbol(gate);
    const first = await call(tool, { query: 'Zod' });
    assertOk(first);
    assert.match(String(first['symbols']).split('\n')[0] ?? '', / Zod\w*/);
    const next = first['continueFrom'];
    assert.equal(typeof next, 'number', 'more than one result takes');
    const second = await call(tool, { query: 'Zod', continueFrom: next });
    const lines = [first, second].flatMap((found) => String(found['symbols']).split('\n'));
    assert.equal(new Set(lines).size, lines.length, 'nothing twice');
    assert.match(messageOf(await call(tool, { query: 'noSuchNameAnywhere' })), /search_text/);
  });

  it('go_to_definition finds the declaration in another file, with its code', async () => {
    const { response, line } = await callWithLine(goToDefinition(gate), {
      path: 'src/shop/receipt.ts',
      line: 4,
      symbol: 'cartTotal',
    });
    assertOk(response);
    const [found] = response['definitions'] as readonly Readonly<Record<string, unknown>>[];
    assert.equal(found?.['path'], CART);
    assert.equal(found['line'], 10);
    assert.match(String(found['code']), /^10\| export function cartTotal.*\n11\| .*reduce/);
    assert.equal(line?.text, 'Found cartTotal in src/shop/cart.ts 10');
  });

  it('takes the nearest line for a line that is off by a few, and the column where a name stands twice', async () => {
    const tool = hover(gate);
    const off = await call(tool, { path: CART, line: 12, symbol: 'cartTotal' });
    assertOk(off);
    assert.equal(off['line'], 10);
    // `(sum, line) => sum + withTax(line.net) * line.count`
    const property = await call(tool, { path: CART, line: 11, symbol: 'line.count' });
    assert.match(String(property['about']), /count: number/);
    const second = await call(tool, { path: CART, line: 11, symbol: 'sum', column: 42 });
    assert.match(String(second['about']), /sum: number/);
  });

  it('says where a name is when it is not in that line, and that a file has no such line', async () => {
    const tool = hover(gate);
    const elsewhere = await call(tool, { path: CART, line: 1, symbol: 'isEmpty' });
    assert.match(messageOf(elsewhere), /Line 1 of src\/shop\/cart\.ts has no "isEmpty"; it is in line 14\./);
    assert.match(messageOf(await call(tool, { path: CART, line: 1, symbol: 'cartotal' })), /no "cartotal" anywhere/);
    assert.match(messageOf(await call(tool, { path: CART, line: 900, symbol: 'x' })), /has 16 lines/);
    assert.match(messageOf(await call(tool, { path: CART, line: 2, symbol: 'withTax' })), /it went well/);
    assert.match(
      messageOf(await call(tool, { path: CART, line: 5, symbol: 'readonly' })),
      /says nothing about "readonly"/,
    );
  });

  it('find_references finds every use by file, and goes on where it was cut', async () => {
    const tool = findReferences(gate);
    const { response, line } = await callWithLine(tool, { path: CART, line: 10, symbol: 'cartTotal' });
    assertOk(response);
    assert.deepEqual([response['total'], response['inFiles']], [5, 3]);
    assert.match(JSON.stringify(response['files']), /receipt\.ts.*4\| return `Total/);
    assert.equal(line?.text, 'Found 5 uses of cartTotal in 3 files');

    const seen: string[] = [];
    let total = 0;
    for (let continueFrom: unknown = 0; typeof continueFrom === 'number';) {
      const page = await call(tool, { path: SCHEMAS, line: 178, symbol: '$ZodType', continueFrom });
      assertOk(page);
      total = Number(page['total']);
      for (const { path, lines } of page['files'] as readonly { path: string; lines: string }[]) {
        seen.push(...lines.split('\n').map((one) => `${path} ${one}`));
      }
      ({ continueFrom } = page);
    }
    assert.ok(total > 200, `${total} uses in a library of real size`);
    assert.equal(seen.length, total);
  });

  it('document_outline shows what a file declares, nested, and goes on where it was cut', async () => {
    const tool = documentOutline(gate);
    const small = await call(tool, { path: CART });
    assert.match(
      String(small['outline']),
      /^3-7 interface CartLine\n {2}4 property name\n[^]*\n10-12 function cartTotal/,
    );
    const first = await call(tool, { path: SCHEMAS });
    const second = await call(tool, { path: SCHEMAS, continueFrom: first['continueFrom'] });
    assertOk(second);
    const lastOfFirst = String(first['outline']).split('\n').length;
    assert.equal(first['continueFrom'], lastOfFirst);
    assert.equal((await call(tool, { path: 'text/empty.txt' })).status, 'ok');
  });

  it('problems lists errors first, of one file or of all, and says what was not checked', async () => {
    const tool = problems(gate);
    const uri = inProject('src/shop/broken.ts');
    const unchecked = await call(tool, { path: CART });
    assert.match(String(unchecked['note']), /not open in an editor/);
    await vscode.window.showTextDocument(uri);
    await problemsShownIn(uri);
    const one = await call(tool, { path: 'src/shop/broken.ts' });
    assert.equal(one['total'], 1);
    assert.match(
      String(one['problems']),
      /^src\/shop\/broken\.ts line 3 error: Type 'number' is not assignable.* \(ts 2322\)$/,
    );

    const collection = vscode.languages.createDiagnosticCollection('linter');
    closing.push(collection);
    const range = new vscode.Range(0, 0, 0, 1);
    const warning = new vscode.Diagnostic(range, 'Mind the key\n[Talkthrough note', vscode.DiagnosticSeverity.Warning);
    collection.set(inProject(CART), [warning]);
    collection.set(inProject('.env'), [new vscode.Diagnostic(range, ALL_PLANTED[0] ?? '')]);
    collection.set(inProject('links/settings.txt'), [new vscode.Diagnostic(range, ALL_PLANTED[0] ?? '')]);
    const all = await call(tool, {});
    // Files that other suites opened have theirs, too.
    const counted = { total: Number(all['total']), errors: Number(all['errors']) };
    assert.equal(counted.total - counted.errors, 1, 'one warning: the two of private files are not told');
    assert.match(
      String(all['problems']),
      /^src\/shop\/broken\.ts line 3 error: [\s\S]*^src\/shop\/cart\.ts line 1 warning: Mind the key \[/m,
    );
    assertClean(all);
  });

  it('editor_state tells what is before the person, the unsaved text as it is typed', async () => {
    const editor = await vscode.window.showTextDocument(inProject(CART));
    await editor.edit((edit) => edit.insert(new vscode.Position(13, 0), '// typed just now\n'));
    editor.selection = new vscode.Selection(9, 16, 11, 1);
    const { response, line } = await callWithLine(editorState(gate), {});
    assertOk(response);
    assert.match(String(response['file']), /src\/shop\/cart\.ts \(typescript, 17 lines, not saved\)/);
    assert.match(String(response['selection']), /lines 10 to 12.*\n10\| cartTotal\(lines.*\n11\| .*\n12\| \}$/);
    assert.match(String(response['visible']), /14\| \/\/ typed just now/);
    assert.equal(line?.text, 'Looked at the editor');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('tells the name of a private file that is open, and nothing of what is in it', async () => {
    const document = await vscode.workspace.openTextDocument(inProject('.env'));
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 0, 1, 10);
    const state = await call(editorState(gate), {});
    assert.match(String(state['file']), /\.env, whose content is private/);
    assert.deepEqual([state['selection'], state['visible']], [undefined, undefined]);
    await vscode.window.showTextDocument(inProject('src/config/connections.ts'));
    const masked = await call(editorState(gate), {});
    assert.match(String(masked['visible']), /2\| .*secret masked.*\n/);
    assert.match(String(masked['visible']), /afterTheKey = 'plain'/);
    assertClean(state, masked);
  });

  const refused: readonly (readonly [string, object])[] = [
    ['hover', { line: 1, symbol: 'NAME' }],
    ['go_to_definition', { line: 1, symbol: 'NAME' }],
    ['find_references', { line: 1, symbol: 'NAME' }],
    ['document_outline', {}],
    ['problems', {}],
  ];
  for (const [name, args] of refused) {
    it(`${name} reads nothing private, outside, binary, huge or gone`, async () => {
      const tools: readonly Tool[] = [hover, goToDefinition, findReferences, documentOutline, problems].map((make) =>
        make(gate),
      );
      const tool = tools.find((one) => one.name === name);
      assert.ok(tool);
      const paths = ['.env', '../outside/secret.txt', 'links/settings.txt', 'links/innocent.txt', 'dist/bundle.js'];
      for (const path of paths) {
        const found = await call(tool, { ...args, path });
        assert.equal(found.status, 'error', path);
        assertClean(found);
      }
      if (name === 'problems') return;
      assert.match(messageOf(await call(tool, { ...args, path: 'huge.log' })), /200|210 MB|too large/);
      assert.match(messageOf(await call(tool, { ...args, path: 'picture.bin' })), /binary|no "NAME"/);
      assert.match(messageOf(await call(tool, { ...args, path: 'src' })), /is a folder/);
      assert.match(messageOf(await call(tool, { ...args, path: 'src/gone.ts' })), /There is no/);
    });
  }

  it('leaves out what is declared where it may not read, and says so', async () => {
    const found = await call(goToDefinition(gate), { path: CART, line: 11, symbol: 'reduce' });
    assert.match(messageOf(found), /outside of what you may read/);
    const about = await call(hover(gate), { path: CART, line: 11, symbol: 'reduce' });
    assert.match(String(about['about']), /reduce/);
  });

  it('says that no language server answers, and what to do instead', async () => {
    const found = await call(hover(gate), { path: 'text/numbered.txt', line: 3, symbol: 'numbered' });
    assert.match(messageOf(found), /No language server answers for plaintext.*search_text/);
    assert.equal(found.status !== 'ok' && found.retry, true);
  });

  it('waits for a server that has not read the project yet, and takes its whole answer', async () => {
    const selector = { pattern: '**/text/windows.txt' };
    let asked = 0;
    const isLoading = (): boolean => asked < 3;
    closing.push(
      vscode.languages.registerHoverProvider(selector, {
        provideHover() {
          asked += 1;
          return new vscode.Hover(isLoading() ? '```x\n(wird geladen...)\n```' : 'the second word');
        },
      }),
      vscode.languages.registerReferenceProvider(selector, {
        provideReferences({ uri }) {
          const lines = isLoading() ? [1] : [0, 1, 2];
          return lines.map((line) => new vscode.Location(uri, new vscode.Position(line, 0)));
        },
      }),
    );
    const found = await call(findReferences(gate), { path: 'text/windows.txt', line: 2, symbol: 'second' });
    assert.equal(found['total'], 3);
    assert.equal(asked, 3);
  });
});
