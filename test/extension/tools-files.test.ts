import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { Gate } from '../../src/gate/gate.ts';
import { listFiles } from '../../src/tools/list-files.ts';
import { openFile } from '../../src/tools/reveal.ts';
import { readFile } from '../../src/tools/read-file.ts';
import { NUMBERED_LINES } from '../sample-project/ordinary-files.ts';
import { ALL_PLANTED } from '../sample-project/planted-secrets.ts';
import { KeptInMemory } from './kept-in-memory.ts';
import { inProject } from './sample-project.ts';
import { call, callWithLine, type Found } from './tool-call.ts';

const messageOf = (response: Found): string => (response.status === 'ok' ? 'it went well' : response.message);

describe('tools that read files', () => {
  let gate: Gate;

  before(() => {
    gate = new Gate({ memory: new KeptInMemory() });
  });
  after(() => gate.dispose());
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  describe('read_file', () => {
    const read = (path: string, from?: number, to?: number) => callWithLine(readFile(gate), { path, from, to });

    it('gives a file with line numbers, and tells the person which', async () => {
      const { response, line } = await read('src/shop/price.ts');
      assert.equal(response.status, 'ok');
      assert.deepEqual([response['path'], response['lines']], ['src/shop/price.ts', 6]);
      assert.match(
        String(response['text']),
        /^1\t\/\*\* Cents.*\n2\texport type Cents = number;\n3\t\n4\texport function/,
      );
      assert.deepEqual(line, { text: 'Read src/shop/price.ts', opens: { path: 'src/shop/price.ts' } });
    });

    it('gives the lines that are asked for, both ends included', async () => {
      const { response, line } = await read('text/numbered.txt', 10, 12);
      const lines = [10, 11, 12].map((n) => `${n}\tline ${n} of the numbered text`);
      assert.equal(response['text'], lines.join('\n'));
      assert.equal(response['continueFrom'], undefined);
      assert.deepEqual(line, {
        text: 'Read text/numbered.txt 10 to 12',
        opens: { path: 'text/numbered.txt', line: 10, endLine: 12 },
      });
    });

    it('gives a long file in parts that join without a gap', async () => {
      const lines: string[] = [];
      for (let from: unknown = 1; typeof from === 'number';) {
        const { response } = await read('text/numbered.txt', from);
        lines.push(...String(response['text']).split('\n'));
        from = response['continueFrom'];
      }
      assert.deepEqual(
        lines,
        Array.from({ length: NUMBERED_LINES }, (_, i) => `${i + 1}\tline ${i + 1} of the numbered text`),
      );
    });

    it('cuts a line that is a whole program, and says so', async () => {
      const { response } = await read('text/one-line.js');
      assert.match(String(response['text']), /^1\texport default .{900,1000}… \(\d+ more characters\)$/);
    });

    it('gives what is typed and not saved, and says so', async () => {
      const document = await vscode.workspace.openTextDocument(inProject('src/shop/price.ts'));
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), '// typed a moment ago\n');
      await vscode.workspace.applyEdit(edit);
      const { response } = await read('src/shop/price.ts', 1, 1);
      assert.deepEqual([response['text'], response['unsaved']], ['1\t// typed a moment ago', true]);
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });

    it('reads other line breaks and encodings as VS Code does', async () => {
      assert.equal((await read('text/windows.txt')).response['text'], '1\tfirst\n2\tsecond\n3\tthird');
      assert.equal((await read('text/utf16.txt')).response['text'], '1\twide words\n2\tsecond line');
      assert.equal((await read('text/umlaut ä ü.txt')).response['text'], '1\tGrüße aus der Küche');
      const empty = (await read('text/empty.txt')).response;
      assert.deepEqual([empty.status, empty['lines'], empty['text']], ['ok', 0, '']);
    });

    it('masks secrets and shows what surrounds them, line by line, also from the middle of a key', async () => {
      const { response } = await read('src/config/connections.ts');
      const text = String(response['text']);
      for (const secret of ALL_PLANTED) assert.ok(!text.includes(secret));
      assert.match(text, /2\texport const mapsKey = '‹secret masked›';/);
      assert.match(text, /'postgres:\/\/shop:‹secret masked›@127\.0\.0\.1:5432\/shop'/);
      assert.match(text, /8\texport const afterTheSecrets = 'plain';/);
      assert.match(text, /16\texport const afterTheKey = 'plain';/);
      assert.equal((await read('src/config/connections.ts', 12, 12)).response['text'], '12\t‹secret masked›');
    });

    it('says in a sentence why it does not read', async () => {
      const cases: readonly (readonly [string, RegExp])[] = [
        ['huge.log', /huge\.log has 200 MB; at most 2 MB/],
        ['picture.bin', /picture\.bin is not a text file/],
        ['src/shop', /src\/shop is a folder/],
        ['src/shop/nowhere.ts', /There is no "src\/shop\/nowhere\.ts"/],
        ['.env', /is private/],
        ['links/innocent.txt', /leads out/],
        ['dist/bundle.js', /ignored by git/],
        ['../outside/secret.txt', /goes up/],
      ];
      for (const [path, sentence] of cases) assert.match(messageOf((await read(path)).response), sentence);
      assert.match(messageOf((await read('src/shop/price.ts', 70)).response), /ends at line 6/);
      assert.match(messageOf((await read('src/shop/price.ts', 5, 2)).response), /"to" is before "from"/);
    });

    it('loads nothing of a file of 200 MB', async () => {
      const before = process.memoryUsage().rss;
      await read('huge.log');
      assert.ok(process.memoryUsage().rss - before < 100 * 1024 * 1024);
    });

    it('tells the model what is wrong with its arguments', () => {
      for (const args of [
        {},
        { path: 7 },
        { path: 'a', from: 0 },
        { path: 'a', from: 1.5 },
        { path: 'a', to: 'end' },
      ]) {
        const prepared = readFile(gate).prepare(args);
        assert.ok('complaint' in prepared && prepared.complaint.length > 0, JSON.stringify(args));
      }
    });
  });

  describe('list_files', () => {
    const list = (args: object): Promise<Found> => call(listFiles(gate), args);

    it('finds files by a name that may be anywhere, sorted', async () => {
      const found = await list({ glob: 'c*.ts', under: 'src/shop' });
      assert.deepEqual([found['files'], found['total']], [['src/shop/cart.ts', 'src/shop/coupon.ts'], 2]);
      assert.deepEqual((await list({ glob: 'price.ts' }))['files'], ['src/shop/price.ts']);
      assert.deepEqual((await list({ glob: 'src/shop' }))['files'], (await list({ under: 'src/shop' }))['files']);
      assert.deepEqual((await list({ glob: '*.{nope,never}' }))['files'], []);
    });

    it('lists a project of hundreds of files in parts that join without a gap', async () => {
      const files: unknown[] = [];
      let total: unknown;
      for (let from: unknown = 0; typeof from === 'number';) {
        const found = await list({ from });
        files.push(...(found['files'] as unknown[]));
        total = found['total'];
        from = found['continueFrom'];
      }
      assert.ok(files.length > 330, String(files.length));
      assert.equal(new Set(files).size, files.length);
      // Links that lead out are counted, for only those that are shown are followed.
      const linksOut = Number(total) - files.length;
      assert.ok(linksOut >= 0 && linksOut < 20, `${String(total)} counted, ${files.length} shown`);
    });

    it('leaves out what may not be read', async () => {
      for (const args of [
        { glob: '*' },
        { glob: '**/.env*' },
        { glob: 'links/**' },
        { glob: '*.pem' },
        { under: 'keys' },
      ]) {
        const found = await list(args);
        const files = found.status === 'ok' ? String(found['files']) : '';
        assert.doesNotMatch(files, /\.env|\.pem|id_ed|\.git\/|dist\/|private|innocent|settings\.txt|history/i);
      }
      assert.match(messageOf(await list({ under: '.git' })), /is private/);
      assert.match(messageOf(await list({ under: 'links/more' })), /leads out/);
      assert.match(messageOf(await list({ glob: '../**' })), /goes down/);
      assert.match(messageOf(await list({ glob: '{../outside,src}/**' })), /goes down/);
    });
  });

  describe('open_file', () => {
    it('shows the file at the line, and leaves the keyboard where it was', async () => {
      const { response, line } = await callWithLine(openFile(gate), { path: 'src/shop/cart.ts', line: 11 });
      assert.equal(response.status, 'ok');
      const editor = vscode.window.visibleTextEditors.find(
        ({ document }) => document.uri.toString() === inProject('src/shop/cart.ts').toString(),
      );
      assert.equal(editor?.selection.active.line, 10);
      assert.deepEqual(line, { text: 'Opened src/shop/cart.ts at 11', opens: { path: 'src/shop/cart.ts', line: 11 } });
    });

    it('opens nothing that may not be read: what git ignores would be unlocked by it', async () => {
      for (const path of ['dist/bundle.js', '.env', 'links/innocent.txt', 'src/shop', 'nowhere.ts']) {
        assert.equal((await call(openFile(gate), { path })).status, 'error', path);
      }
      assert.deepEqual(
        vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)),
        [],
      );
    });
  });
});
