import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import * as vscode from 'vscode';
import { configValue } from './git-config.ts';

/** More than that is no list of rules that anybody keeps. */
const MAX_BYTES = 4_000_000;

/** The text of a file that tells what git does, or undefined where there is none. */
export type ReadText = (uri: vscode.Uri) => Promise<string | undefined>;

export const readText: ReadText = async (uri) => {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0 || size > MAX_BYTES) return undefined;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    // There is none.
    return undefined;
  }
};

/**
 * A repository's own rules, which are not in its history. In a linked worktree and a submodule `.git` is a file that tells
 * where the rest is; on this machine it is followed.
 *
 * @param folder with a `.git`
 */
export async function excludeFile(folder: vscode.Uri, read: ReadText): Promise<vscode.Uri> {
  const git = vscode.Uri.joinPath(folder, '.git');
  const told = folder.scheme === 'file' ? /^gitdir:\s*(\S.*)/.exec((await read(git)) ?? '')?.[1] : undefined;
  if (told === undefined) return vscode.Uri.joinPath(git, 'info', 'exclude');
  const gitFolder = resolve(folder.fsPath, told.trim());
  const common = await read(vscode.Uri.file(join(gitFolder, 'commondir')));
  return vscode.Uri.file(join(resolve(gitFolder, common?.trim() ?? '.'), 'info', 'exclude'));
}

/** The rules of all repositories of this person: where `core.excludesFile` of their configuration says, else git's own place. */
export async function globalIgnoreFile(read: ReadText): Promise<vscode.Uri | undefined> {
  const home = homedir();
  const set = process.env['XDG_CONFIG_HOME'];
  const folder = join(set !== undefined && isAbsolute(set) ? set : join(home, '.config'), 'git');
  let named: string | undefined;
  // The later one decides, as in git.
  for (const file of [join(folder, 'config'), join(home, '.gitconfig')]) {
    named = configValue((await read(vscode.Uri.file(file))) ?? '', 'core', 'excludesFile') ?? named;
  }
  if (named === undefined) return vscode.Uri.file(join(folder, 'ignore'));
  const path = named.replace(/^~(?=[\\/])/, home);
  return isAbsolute(path) ? vscode.Uri.file(path) : undefined;
}
