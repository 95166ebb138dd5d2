import * as vscode from 'vscode';
import ignore, { type Ignore } from 'ignore';

/** Folders above the workspace that are looked at for the repository it is part of. */
const MAX_FOLDERS_UP = 16;
/** Folders whose rules are remembered. */
const MAX_KEPT = 5_000;
/** Git compares as the file system does. */
const ignorecase = process.platform !== 'linux';

/** The rules of one folder, and what of the path lies below it. */
interface Level {
  readonly rules: Ignore;
  readonly below: readonly string[];
}

/**
 * What git ignores: by the `.gitignore` of every folder from the repository's root down, and by `.git/info/exclude`. A tracked
 * file that a rule names counts as ignored, too: nobody here knows what is tracked.
 */
export class GitIgnored implements vscode.Disposable {
  readonly #rules = new Map<string, Promise<Ignore | undefined>>();
  readonly #tops = new Map<string, Promise<readonly vscode.Uri[]>>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listeners: readonly vscode.Disposable[];
  readonly onDidChange = this.#changed.event;

  constructor() {
    const watcher = vscode.workspace.createFileSystemWatcher('**/.gitignore');
    const forget = (): void => {
      this.#rules.clear();
      this.#tops.clear();
      this.#changed.fire();
    };
    this.#listeners = [
      watcher,
      watcher.onDidCreate(forget),
      watcher.onDidChange(forget),
      watcher.onDidDelete(forget),
      vscode.workspace.onDidChangeWorkspaceFolders(forget),
    ];
  }

  /**
   * @param root of the workspace folder
   * @param segments of a file, from there down
   */
  async ignores(root: vscode.Uri, segments: readonly string[]): Promise<boolean> {
    const levels: Level[] = [];
    for (const top of await this.#foldersAbove(root)) {
      await this.#add(levels, top, root.path.slice(top.path.length).split('/').filter(Boolean));
    }
    for (let depth = 0; depth < segments.length; depth += 1) {
      await this.#add(levels, vscode.Uri.joinPath(root, ...segments.slice(0, depth)), []);
      const name = segments[depth] ?? '';
      const isFolder = depth < segments.length - 1;
      for (const [at, { rules, below }] of levels.entries()) levels[at] = { rules, below: [...below, name] };
      // Nothing inside of an ignored folder can be taken back.
      if (isIgnored(levels, isFolder)) return true;
    }
    return false;
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#changed.dispose();
  }

  async #add(levels: Level[], folder: vscode.Uri, below: readonly string[]): Promise<void> {
    const rules = await this.#rulesOf(folder);
    if (rules !== undefined) levels.push({ rules, below });
  }

  #rulesOf(folder: vscode.Uri): Promise<Ignore | undefined> {
    const key = folder.toString();
    let rules = this.#rules.get(key);
    if (rules === undefined) {
      if (this.#rules.size >= MAX_KEPT) this.#rules.clear();
      rules = readRules(folder);
      this.#rules.set(key, rules);
    }
    return rules;
  }

  #foldersAbove(root: vscode.Uri): Promise<readonly vscode.Uri[]> {
    const key = root.toString();
    const known = this.#tops.get(key) ?? foldersUpToRepository(root);
    this.#tops.set(key, known);
    return known;
  }
}

/** The deepest folder that says anything decides. */
function isIgnored(levels: readonly Level[], isFolder: boolean): boolean {
  for (const { rules, below } of levels.toReversed()) {
    const { ignored, unignored } = rules.test(`${below.join('/')}${isFolder ? '/' : ''}`);
    if (ignored || unignored) return ignored;
  }
  return false;
}

async function readRules(folder: vscode.Uri): Promise<Ignore | undefined> {
  const [exclude, gitignore] = await Promise.all([
    textOf(vscode.Uri.joinPath(folder, '.git', 'info', 'exclude')),
    textOf(vscode.Uri.joinPath(folder, '.gitignore')),
  ]);
  if (exclude === undefined && gitignore === undefined) return undefined;
  return ignore({ ignorecase })
    .add(exclude ?? '')
    .add(gitignore ?? '');
}

/** The folders above a workspace folder that belong to the same repository, from its root down; none where it is no part of one. */
async function foldersUpToRepository(root: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const above: vscode.Uri[] = [];
  let folder = root;
  for (let up = 0; up < MAX_FOLDERS_UP; up += 1) {
    if (await exists(vscode.Uri.joinPath(folder, '.git'))) return above;
    const parent = vscode.Uri.joinPath(folder, '..');
    if (parent.path === folder.path) return [];
    folder = parent;
    above.unshift(folder);
  }
  return [];
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    // There is none.
    return undefined;
  }
}
