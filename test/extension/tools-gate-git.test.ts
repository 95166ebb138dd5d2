import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { Gate } from '../../src/gate/gate.ts';
import { GitIgnored } from '../../src/gate/git-ignored.ts';
import { searchText } from '../../src/tools/search-text.ts';
import { KeptInMemory } from './kept-in-memory.ts';
import { inProject } from './sample-project.ts';
import { call } from './tool-call.ts';

const run = promisify(execFile);

const changeOf = (source: { readonly onDidChange: vscode.Event<void> }): Promise<void> =>
  new Promise((resolve) => {
    const listener = source.onDidChange(() => {
      listener.dispose();
      resolve();
    });
  });

describe('what git ignores by rules that are not in the workspace', () => {
  const { HOME, USERPROFILE, XDG_CONFIG_HOME } = process.env;
  const { onDidChangeWindowState } = vscode.window;
  let home: string;
  let ignored: GitIgnored;
  let windowState: vscode.EventEmitter<vscode.WindowState>;

  beforeEach(async () => {
    home = await realpath(await mkdtemp(join(tmpdir(), 'talkthrough-')));
    Object.assign(process.env, { HOME: home, USERPROFILE: home });
    delete process.env['XDG_CONFIG_HOME'];
    windowState = new vscode.EventEmitter();
    // No extension can take the window's focus away and give it back.
    Object.assign(vscode.window, { onDidChangeWindowState: windowState.event });
    ignored = new GitIgnored();
  });
  afterEach(async () => {
    ignored.dispose();
    windowState.dispose();
    Object.assign(vscode.window, { onDidChangeWindowState });
    for (const [name, value] of Object.entries({ HOME, USERPROFILE, XDG_CONFIG_HOME })) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    await rm(home, { recursive: true });
  });

  async function write(path: string, text: string): Promise<string> {
    const file = join(home, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    return file;
  }

  const ignores = (folder: string, path: string): Promise<boolean> =>
    ignored.ignores(vscode.Uri.file(join(home, folder)), path.split('/'));

  const git = (folder: string, ...args: readonly string[]) =>
    run('git', ['-C', join(home, folder), '-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args]);

  it('is not read or found, where the rules of all repositories of the person name it', async () => {
    await write('.config/git/ignore', '*.mine\n');
    const gate = new Gate({ memory: new KeptInMemory() });
    const file = inProject('text/thoughts.mine');
    await writeFile(file.fsPath, 'a thought that is only mine\n');
    try {
      const read = await gate.readable('text/thoughts.mine');
      assert.match('refused' in read ? read.refused : read.path, /ignored by git/);
      assert.equal(await gate.mayRead(file), false);
      assert.deepEqual(await gate.listable([file]), []);
      const found = await call(searchText(gate), { query: 'a thought that is only mine' });
      assert.deepEqual(found.status === 'ok' && found['files'], []);
    } finally {
      await rm(file.fsPath);
      gate.dispose();
    }
  });

  it('is what the ignore file of their configuration says, wherever that is, and else the one in its own place', async () => {
    await mkdir(join(home, 'shop', '.git'), { recursive: true });
    await write('.config/git/ignore', 'by-default\n');
    assert.deepEqual([await ignores('shop', 'a/by-default'), await ignores('shop', 'a/named')], [true, false]);

    await write('rules', 'named\n');
    await write('.gitconfig', '[core]\n\texcludesFile = ~/rules\n');
    ignored.dispose();
    ignored = new GitIgnored();
    assert.deepEqual([await ignores('shop', 'a/by-default'), await ignores('shop', 'a/named')], [false, true]);

    await write('elsewhere/git/ignore', 'by-default\n');
    await rm(join(home, '.gitconfig'));
    process.env['XDG_CONFIG_HOME'] = join(home, 'elsewhere');
    ignored.dispose();
    ignored = new GitIgnored();
    assert.deepEqual([await ignores('shop', 'a/by-default'), await ignores('shop', 'a/named')], [true, false]);
  });

  it('goes by the nearer rules first, and begins at the root of the repository', async () => {
    await mkdir(join(home, 'shop', '.git', 'info'), { recursive: true });
    await write('.config/git/ignore', '/top\n*.mine\n*.ours\n');
    await write('shop/.git/info/exclude', '!*.ours\n');
    await write('shop/.gitignore', '!kept.mine\n');
    assert.equal(await ignores('shop', 'top'), true);
    assert.equal(await ignores('shop', 'sub/top'), false);
    assert.equal(await ignores('shop/sub', 'top'), false);
    assert.equal(await ignores('shop/sub', 'a.mine'), true);
    assert.equal(await ignores('shop/sub', 'kept.mine'), false);
    assert.equal(await ignores('shop/sub', 'a.ours'), false);
  });

  it('is told by the repository in a linked worktree, too', async () => {
    await mkdir(join(home, 'shop'));
    await git('shop', 'init', '--quiet');
    await git('shop', 'commit', '--quiet', '--allow-empty', '--message=Begin');
    await git('shop', 'worktree', 'add', '--quiet', '../linked');
    await write('shop/.git/info/exclude', 'hidden\n');
    assert.match(await readFile(join(home, 'linked', '.git'), 'utf8'), /^gitdir: /);
    assert.deepEqual([await ignores('linked', 'hidden'), await ignores('linked', 'shown')], [true, false]);
    assert.equal(await ignores('linked/sub', 'hidden'), true);
  });

  it('is looked at again when the person comes back to the window, or saves such a file in it', async () => {
    await mkdir(join(home, 'shop', '.git', 'info'), { recursive: true });
    const paths = ['global', 'exclude', 'above', 'never'];
    const all = () => Promise.all(paths.map((path) => ignores('shop/sub', path)));
    assert.deepEqual(await all(), [false, false, false, false]);
    const comeBack = async (): Promise<void> => {
      const changed = changeOf(ignored);
      windowState.fire({ focused: true, active: true });
      await changed;
    };
    const rules = await write('.config/git/ignore', 'global\n');
    await comeBack();
    assert.deepEqual(await all(), [true, false, false, false]);
    await write('shop/.git/info/exclude', 'exclude\n');
    await comeBack();
    assert.deepEqual(await all(), [true, true, false, false]);
    await write('shop/.gitignore', 'above\n');
    await comeBack();
    assert.deepEqual(await all(), [true, true, true, false]);

    const document = await vscode.workspace.openTextDocument(rules);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), 'never\n');
    await vscode.workspace.applyEdit(edit);
    const changed = changeOf(ignored);
    await document.save();
    await changed;
    assert.deepEqual(await all(), [true, true, true, true]);
  });

  it('is noticed when the rules of this repository alone change', async () => {
    const exclude = inProject('.git/info/exclude');
    const before = await readFile(exclude.fsPath, 'utf8');
    const root = inProject('');
    assert.equal(await ignored.ignores(root, ['text', 'numbered.txt']), false);
    let changed = changeOf(ignored);
    await writeFile(exclude.fsPath, `${before}\nnumbered.*\n`);
    await changed;
    assert.equal(await ignored.ignores(root, ['text', 'numbered.txt']), true);
    changed = changeOf(ignored);
    await writeFile(exclude.fsPath, before);
    await changed;
    assert.equal(await ignored.ignores(root, ['text', 'numbered.txt']), false);
  });
});
