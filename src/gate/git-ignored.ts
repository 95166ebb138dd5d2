import * as vscode from 'vscode';
import ignore, { type Ignore } from 'ignore';
import { excludeFile, globalIgnoreFile, readText, type ReadText } from './git-files.ts';

/** Folders above the workspace that are looked at for the repository it is part of. */
const MAX_FOLDERS_UP = 16;
/** Folders that are remembered. */
const MAX_KEPT = 5_000;
/** Git compares as the file system does. */
const ignorecase = process.platform !== 'linux';

/** The rules of one folder, and how a path below it begins where they are asked about another folder further down. */
interface Level {
  readonly rules: Ignore;
  /** Empty, or ends with a slash. */
  readonly prefix: string;
}

/** What is known of a folder: rules, from the repository's root down. */
interface Folder {
  readonly isIgnored: boolean;
  readonly levels: readonly Level[];
}

/**
 * What git ignores: by the `.gitignore` of every folder from the repository's root down, by `.git/info/exclude`, and on this
 * machine by the person's own ignore file. A tracked file that a rule names counts as ignored, too: nobody here knows what is
 * tracked.
 */
export class GitIgnored implements vscode.Disposable {
  readonly #folders = new Map<string, Promise<Folder>>();
  /** What decides for a whole workspace folder, most of it outside of it; undefined for what was not there. */
  readonly #far = new Map<string, string | undefined>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listeners: readonly vscode.Disposable[];
  readonly onDidChange = this.#changed.event;

  constructor() {
    const watcher = vscode.workspace.createFileSystemWatcher('**/{.gitignore,.git/info/exclude}');
    const forget = (): void => this.#forget();
    this.#listeners = [
      watcher,
      watcher.onDidCreate(forget),
      watcher.onDidChange(forget),
      watcher.onDidDelete(forget),
      vscode.workspace.onDidChangeWorkspaceFolders(forget),
      // What is outside of the workspace is not watched, but looked at again when it may have been changed.
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) void this.#lookAgain();
      }),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (this.#far.has(uri.toString())) void this.#lookAgain();
      }),
    ];
  }

  /**
   * @param root of the workspace folder
   * @param segments of a file, from there down
   */
  async ignores(root: vscode.Uri, segments: readonly string[]): Promise<boolean> {
    const name = segments.at(-1);
    if (name === undefined) return false;
    const folder = await this.#folder(root, segments.slice(0, -1));
    return folder.isIgnored || isIgnored(folder.levels, name);
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#changed.dispose();
  }

  #forget(): void {
    this.#folders.clear();
    this.#far.clear();
    this.#changed.fire();
  }

  async #lookAgain(): Promise<void> {
    const known = [...this.#far];
    const texts = await Promise.all(known.map(([uri]) => readText(vscode.Uri.parse(uri))));
    if (known.some(([, text], index) => text !== texts[index])) this.#forget();
  }

  readonly #readFar: ReadText = async (uri) => {
    const text = await readText(uri);
    this.#far.set(uri.toString(), text);
    return text;
  };

  #folder(root: vscode.Uri, segments: readonly string[]): Promise<Folder> {
    const key = `${root.toString()} ${segments.join('/')}`;
    let folder = this.#folders.get(key);
    if (folder === undefined) {
      if (this.#folders.size >= MAX_KEPT) this.#folders.clear();
      folder = this.#read(root, segments);
      this.#folders.set(key, folder);
    }
    return folder;
  }

  async #read(root: vscode.Uri, segments: readonly string[]): Promise<Folder> {
    const name = segments.at(-1);
    if (name === undefined) return { isIgnored: false, levels: await levelsOfRoot(root, this.#readFar) };
    const above = await this.#folder(root, segments.slice(0, -1));
    // Nothing inside of an ignored folder can be taken back.
    if (above.isIgnored || isIgnored(above.levels, `${name}/`)) return { isIgnored: true, levels: [] };
    const levels = above.levels.map(({ rules, prefix }) => ({ rules, prefix: `${prefix}${name}/` }));
    const rules = rulesOf(await readText(vscode.Uri.joinPath(root, ...segments, '.gitignore')));
    return { isIgnored: false, levels: rules === undefined ? levels : [...levels, { rules, prefix: '' }] };
  }
}

/** The deepest folder that says anything decides. */
function isIgnored(levels: readonly Level[], name: string): boolean {
  for (const { rules, prefix } of levels.toReversed()) {
    const { ignored, unignored } = rules.test(`${prefix}${name}`);
    if (ignored || unignored) return ignored;
  }
  return false;
}

async function levelsOfRoot(root: vscode.Uri, read: ReadText): Promise<readonly Level[]> {
  const levels: Level[] = [];
  const ofPerson = root.scheme === 'file' ? await globalIgnoreFile(read) : undefined;
  let above = ofPerson === undefined ? undefined : await read(ofPerson);
  for (const folder of [...(await foldersUpToRepository(root)), root]) {
    // Later rules take back what earlier ones say.
    const rules = rulesOf(above, ...(await rulesIn(folder, read)));
    above = undefined;
    const below = root.path.slice(folder.path.length).split('/').filter(Boolean);
    if (rules !== undefined) levels.push({ rules, prefix: below.map((name) => `${name}/`).join('') });
  }
  return levels;
}

/** Of a folder that may be a repository's root: of the workspace's own, or above it. */
async function rulesIn(folder: vscode.Uri, read: ReadText): Promise<readonly (string | undefined)[]> {
  return Promise.all([read(await excludeFile(folder, read)), read(vscode.Uri.joinPath(folder, '.gitignore'))]);
}

function rulesOf(...texts: readonly (string | undefined)[]): Ignore | undefined {
  const known = texts.filter((text) => text !== undefined);
  return known.length === 0 ? undefined : ignore({ ignorecase }).add(known.join('\n'));
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
