import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { Gate } from '../../src/gate/gate.ts';
import { ripgrepBinary } from '../../src/tools/search/ripgrep.ts';
import { searchText } from '../../src/tools/search-text.ts';
import { ALL_PLANTED, INLINE_SECRETS } from '../sample-project/planted-secrets.ts';
import { KeptInMemory } from './kept-in-memory.ts';
import { inProject } from './sample-project.ts';
import { call, callWithLine, type Found } from './tool-call.ts';

interface FoundIn {
  readonly path: string;
  readonly lines: readonly string[];
}

const filesOf = (found: Found): readonly FoundIn[] => {
  assert.equal(found.status, 'ok', JSON.stringify(found));
  // As `search_text` answers.
  return found['files'] as readonly FoundIn[];
};
const messageOf = (found: Found): string => (found.status === 'ok' ? 'it went well' : found.message);

const MANY = 12_000;

for (const engine of ['ripgrep', 'scan'] as const) {
  describe(`search_text with ${engine}`, () => {
    let gate: Gate;
    let tool: ReturnType<typeof searchText>;
    const search = (args: object): Promise<Found> => call(tool, args);

    before(async () => {
      gate = new Gate({ memory: new KeptInMemory() });
      assert.ok(await ripgrepBinary(), 'VS Code has a ripgrep');
      tool = engine === 'ripgrep' ? searchText(gate) : searchText(gate, () => Promise.resolve(undefined));
    });
    after(() => gate.dispose());
    afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

    it('finds a text in all files, in the order of their paths, with the numbers of lines', async () => {
      const { response, line } = await callWithLine(tool, { query: 'CARTTOTAL' });
      assert.deepEqual(filesOf(response), [
        {
          path: 'src/shop/broken.ts',
          lines: ["1: import { cartTotal } from './cart.js';", '3: export const total: string = cartTotal([]);'],
        },
        { path: 'src/shop/cart.ts', lines: ['10: export function cartTotal(lines: readonly CartLine[]): Cents {'] },
        {
          path: 'src/shop/receipt.ts',
          lines: [
            "1: import { cartTotal, type CartLine } from './cart.js';",
            '4: return `Total: ${(cartTotal(lines) / 100).toFixed(2)}`;',
          ],
        },
      ]);
      assert.equal(response['total'], 5);
      assert.equal(line?.text, 'Searched for "CARTTOTAL": 5 lines');
      assert.deepEqual(filesOf(await search({ query: 'CARTTOTAL', caseSensitive: true })), []);
      assert.deepEqual(filesOf(await search({ query: 'Küche' })), [
        { path: 'text/umlaut ä ü.txt', lines: ['1: Grüße aus der Küche'] },
      ]);
    });

    it('takes a regular expression, and a literal query as it is', async () => {
      const found = await search({
        query: String.raw`^export (function|interface) \w+Line\b`,
        regex: true,
        glob: 'src/shop/**',
      });
      assert.deepEqual(filesOf(found), [{ path: 'src/shop/cart.ts', lines: ['3: export interface CartLine {'] }]);
      assert.deepEqual(filesOf(await search({ query: '^export (function' })), []);
      assert.equal(filesOf(await search({ query: 'cartTotal(', glob: 'src/shop/*.ts' })).length, 3);
      assert.deepEqual(
        filesOf(await search({ query: 'third$', regex: true })).map(({ path }) => path),
        ['text/windows.txt'],
      );
    });

    it('tells the model what is wrong with an expression', async () => {
      const wrong = await search({ query: '(unclosed', regex: true });
      assert.match(messageOf(wrong), /cannot be searched for.*(unclosed group|Unterminated group)/s);
      assert.equal(wrong.status !== 'ok' && wrong.retry, true);
      assert.match(messageOf(await search({ query: 'two\nlines' })), /line break/);
      assert.match(messageOf(await search({ query: 'x', glob: '../**' })), /goes down/);
    });

    it('answers the first of very many lines, says how many at least, and goes on where it ended', async () => {
      const many = inProject('text/many.txt');
      await writeFile(many.fsPath, Array.from({ length: MANY }, (_, i) => `needle ${i}\n`).join(''));
      try {
        const first = await search({ query: 'needle' });
        assert.match(String(first['total']), /^at least \d{5}$/);
        const second = await search({ query: 'needle', from: first['continueFrom'] });
        const lines = [...filesOf(first), ...filesOf(second)].flatMap((file) => file.lines);
        assert.deepEqual(
          lines,
          lines.map((_, i) => `${i + 1}: needle ${i}`),
        );
        assert.ok(lines.length >= 200);
      } finally {
        await rm(many.fsPath);
      }
    });

    it('shows of a line that is a whole program only what stands around the match', async () => {
      const [found] = filesOf(await search({ query: ',12345,' }));
      assert.equal(found?.path, 'text/one-line.js');
      assert.match(String(found.lines[0]), /^1: ….*,12345,.*…$/);
      assert.ok(String(found.lines[0]).length < 260);
    });

    it('searches what is typed and not saved, as it is on screen', async () => {
      const document = await vscode.workspace.openTextDocument(inProject('src/shop/price.ts'));
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), '// unsavedNeedle\n');
      await vscode.workspace.applyEdit(edit);
      assert.deepEqual(filesOf(await search({ query: 'unsavedneedle' })), [
        { path: 'src/shop/price.ts', lines: ['1: // unsavedNeedle'] },
      ]);
      assert.deepEqual(filesOf(await search({ query: 'export type Cents' })), [
        { path: 'src/shop/price.ts', lines: ['3: export type Cents = number;'] },
      ]);
      assert.deepEqual(filesOf(await search({ query: 'unsavedneedle', glob: '*.md' })), []);
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });

    it('searches what git ignores once the person has it open', async () => {
      const found = async () => filesOf(await search({ query: 'export const built' })).map(({ path }) => path);
      assert.deepEqual(await found(), []);
      await vscode.window.showTextDocument(inProject('dist/bundle.js'));
      assert.deepEqual(await found(), ['dist/bundle.js']);
    });

    it('finds nothing of what may not be read', async () => {
      for (const query of ['PLANTED', '-----BEGIN', 'hostname', 'refs/heads', 'authToken']) {
        const found = JSON.stringify(await search({ query }));
        for (const secret of ALL_PLANTED) assert.ok(!found.includes(secret), query);
        assert.doesNotMatch(found, /\.env|\.pem|"\.git\/|innocent|outside/, query);
      }
      assert.deepEqual(filesOf(await search({ query: 'PLANTED', glob: '.env' })), []);
      assert.deepEqual(filesOf(await search({ query: 'PLANTED', glob: 'dist/**' })), []);
    });

    it('tells nothing of a masked secret to one who guesses its letters', async () => {
      const { google, sessionSecret } = INLINE_SECRETS;
      const guesses = [
        google,
        google.slice(0, 10),
        google.slice(10, 20),
        `'${google.slice(0, 12)}`,
        sessionSecret.slice(0, 3),
      ];
      for (const query of guesses) assert.deepEqual(filesOf(await search({ query, caseSensitive: true })), []);
      const patterns = [
        `mapsKey = '${google.slice(0, 6)}`,
        String.raw`mapsKey = '\w`,
        String.raw`mapsKey = .[A-Z]+[a-z]`,
      ];
      for (const query of patterns) {
        assert.deepEqual(filesOf(await search({ query, regex: true, glob: 'connections.ts' })), [], query);
      }
      const [shown] = filesOf(await search({ query: 'mapsKey =' }));
      assert.match(String(shown?.lines), /mapsKey = '‹secret masked›'/);
    });
  });
}

describe('search_text without a ripgrep', () => {
  it('ends an expression that would take for ever, and says so', async () => {
    const gate = new Gate({ memory: new KeptInMemory() });
    const trap = inProject('text/trap.txt');
    await writeFile(trap.fsPath, `${'a'.repeat(40)}!\n`);
    try {
      const tool = searchText(gate, () => Promise.resolve(undefined));
      const found = await call(tool, { query: '^(a+)+$', regex: true, glob: 'trap.txt' });
      assert.match(messageOf(found), /takes too long/);
    } finally {
      await rm(trap.fsPath);
      gate.dispose();
    }
  });
});
