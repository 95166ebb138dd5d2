import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { Gate } from '../../src/gate/gate.ts';
import { FORBIDDEN_MARKS } from '../sample-project/planted-secrets.ts';
import { KeptInMemory } from './kept-in-memory.ts';
import { inProject, projectFolder } from './sample-project.ts';

const SETTING = 'talkthrough.privacy.exclude';

describe('the gate', () => {
  let gate: Gate;

  before(() => {
    gate = new Gate({ memory: new KeptInMemory() });
  });
  after(() => gate.dispose());
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const refusal = async (path: string): Promise<string> => {
    const answer = await gate.readable(path);
    return 'refused' in answer ? answer.refused : `let in as ${answer.path}`;
  };

  it('lets ordinary files in, however they are spelled', async () => {
    for (const path of ['src/shop/cart.ts', './src//shop/cart.ts', 'src\\shop\\cart.ts']) {
      const answer = await gate.readable(path);
      assert.ok(!('refused' in answer), path);
      assert.equal(answer.path, 'src/shop/cart.ts');
      assert.equal(answer.uri.toString(), inProject('src/shop/cart.ts').toString());
      assert.ok(await gate.mayRead(answer.uri));
    }
  });

  it('refuses paths that lead out, in every disguise, and says how to give one', async () => {
    const folder = projectFolder().fsPath;
    const cases: readonly (readonly [string, RegExp])[] = [
      ['../outside/secret.txt', /goes up/],
      ['src/../../outside/secret.txt', /goes up/],
      ['..\\outside\\secret.txt', /goes up/],
      ['src/./../.env', /goes up/],
      ['..', /goes up/],
      [join(folder, 'src/shop/cart.ts'), /not relative/],
      ['/etc/passwd', /not relative/],
      ['//server/share/file', /not relative/],
      ['\\\\server\\share\\file', /not relative/],
      ['\\\\?\\C:\\file', /not relative/],
      ['C:\\Windows\\win.ini', /not relative/],
      ['c:relative', /not relative/],
      ['file:///etc/passwd', /not relative/],
      ['~/.ssh/id_rsa', /not relative/],
      ['%2e%2e/outside/secret.txt', /percent-encoded/],
      ['%252e%252e%252foutside', /percent-encoded/],
      ['..%2foutside', /percent-encoded/],
      ['src/shop/cart.ts\0.png', /control characters/],
      ['src/shop\n/cart.ts', /control characters/],
      ['', /No path was given/],
      ['   ', /No path was given/],
    ];
    for (const [path, sentence] of cases) assert.match(await refusal(path), sentence, JSON.stringify(path));
  });

  it('refuses what is private by its name, in whatever case and place, and does not tell whether it is there', async () => {
    const there = [
      ...['.env', '.env.local', 'config/.ENV.Production', 'packages/tool/.env', 'committed.env', 'keys/server.pem'],
      ...['keys/SERVER.PEM.backup.KEY', 'keys/id_ed25519', 'keys/server.crt', '.npmrc', '.aws/config', '.git'],
      ...['deploy/service-account-prod.json', '.git/config', '.git/planted', '.aws'],
    ];
    const notThere = [
      ...['.ENV', 'src/.Env.test', 'Keys/Server.PEM', 'ID_RSA', '.GIT/HEAD', '.git/nothing', 'a/b/.Ssh/known_hosts'],
      ...['.env ', '.env.', '.git./config', '.g\u200cit/config', '．env', 'server.pem/inside'],
    ];
    for (const path of [...there, ...notThere]) assert.match(await refusal(path), /is private/, JSON.stringify(path));
  });

  it('follows links, and refuses those that lead out or to what is private', async () => {
    assert.match(await refusal('links/innocent.txt'), /leads out/);
    assert.match(await refusal('links/more/secret.txt'), /leads out/);
    assert.match(await refusal('links/more/folder/deep.txt'), /leads out/);
    assert.match(await refusal('links/more'), /leads out/);
    assert.match(await refusal('links/dangling.txt'), /leads out/);
    assert.match(await refusal('links/loop'), /leads out/);
    assert.match(await refusal('links/settings.txt'), /is private/);
    assert.match(await refusal('links/history/config'), /is private/);
    assert.match(await refusal('links/locks/server.pem'), /is private/);
    assert.match(await refusal('links/bundle.js'), /ignored by git/);
    const inside = await gate.readable('links/cart.ts');
    assert.ok('path' in inside);
    assert.equal(inside.path, 'src/shop/cart.ts');
  });

  it('leaves out what VS Code names, by the same rules', async () => {
    const { fsPath } = projectFolder();
    const left = [
      ...['.env', 'keys/server.pem', 'links/innocent.txt', 'links/settings.txt', 'dist/bundle.js', '.git/config'].map(
        (path) => inProject(path),
      ),
      vscode.Uri.file('/etc/passwd'),
      vscode.Uri.file(join(fsPath, '..', 'outside', 'secret.txt')),
      inProject('src').with({ path: `${projectFolder().path}/../outside/secret.txt` }),
      vscode.Uri.parse('untitled:Untitled-1'),
      inProject('src/shop/cart.ts').with({ scheme: 'git' }),
    ];
    for (const uri of left) assert.equal(await gate.mayRead(uri), false, uri.toString());
    assert.ok(await gate.mayRead(inProject('src/shop/no-longer-there.ts')));
    assert.ok(gate.isExcludedName(inProject('a/.env')) && !gate.isExcludedName(inProject('src/shop/cart.ts')));
    assert.ok(gate.isExcludedName(vscode.Uri.file('/etc/passwd')));
    assert.equal(gate.relative(vscode.Uri.file('/etc/passwd')), undefined);
    assert.equal(gate.relative(inProject('src/shop/cart.ts')), 'src/shop/cart.ts');
  });

  it('lets a file that git ignores be read once the person has it open, but never a private one', async () => {
    for (const path of ['dist/bundle.js', 'notes.private.md', 'packages/tool/out/report.txt', '.env']) {
      assert.doesNotMatch(await refusal(path), /^let in/);
      await vscode.window.showTextDocument(inProject(path), { preview: false });
    }
    assert.equal(await refusal('dist/bundle.js'), 'let in as dist/bundle.js');
    assert.equal(await refusal('packages/tool/out/report.txt'), 'let in as packages/tool/out/report.txt');
    assert.match(await refusal('.env'), /is private/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.match(await refusal('dist/bundle.js'), /ignored by git/);
  });

  it('notices when git is told to ignore more', async () => {
    assert.equal(await refusal('text/numbered.txt'), 'let in as text/numbered.txt');
    const rules = inProject('text/.gitignore');
    const changed = (): Promise<void> =>
      new Promise((resolve) => {
        const listener = gate.onDidChange(() => {
          listener.dispose();
          resolve();
        });
      });
    let told = changed();
    await writeFile(rules.fsPath, 'numbered.*\n');
    await told;
    assert.match(await refusal('text/numbered.txt'), /ignored by git/);
    told = changed();
    await vscode.workspace.fs.delete(rules);
    await told;
    assert.equal(await refusal('text/numbered.txt'), 'let in as text/numbered.txt');
  });

  it('lets the settings of a workspace add to what is private, and take nothing away', async () => {
    const settings = vscode.workspace.getConfiguration();
    await settings.update(SETTING, ['!.env', '!*.pem', 'README.*'], vscode.ConfigurationTarget.Workspace);
    try {
      assert.match(await refusal('.env'), /is private/);
      assert.match(await refusal('keys/server.pem'), /is private/);
      assert.match(await refusal('README.md'), /is private/);
    } finally {
      await settings.update(SETTING, undefined, vscode.ConfigurationTarget.Workspace);
    }
    assert.equal(await refusal('README.md'), 'let in as README.md');
  });

  it('lets new files be written where files may be read', async () => {
    const fresh = await gate.writable('src/new/file.ts');
    assert.ok('exists' in fresh);
    assert.deepEqual([fresh.path, fresh.exists], ['src/new/file.ts', false]);
    for (const path of [
      '.env.new',
      'links/dangling.txt',
      'links/more/new.txt',
      'links/history/hooks/x',
      '../x',
      'dist/x.js',
    ])
      assert.ok('refused' in (await gate.writable(path)), path);
  });

  it('says nothing of what is inside', async () => {
    const said = await Promise.all(['.env', 'links/settings.txt', 'links/innocent.txt'].map(refusal));
    for (const mark of Object.values(FORBIDDEN_MARKS)) assert.ok(!said.join().includes(mark));
  });
});
