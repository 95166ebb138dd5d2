import * as vscode from 'vscode';

/** What separates words in command lines, JSON and prose. */
const WORD = /[^\s"'`<>|;&()=,{}[\]]+/g;
/** More words than that are content, not the naming of files. */
const MAX_WORDS = 4_000;
/** Names with blanks in them are found only where they stand in a line of their own. */
const MAX_LINE_LENGTH = 300;

/**
 * Finds a private file that a text names, however it leads there: for what acts outside of the gate. A second line of defence;
 * the first is that the person is asked. What does not exist is no file but a word.
 *
 * @param folders where relative paths begin
 * @param isPrivate what the gate says of a file
 * @returns the word that names it
 */
export async function privateFileNamed(
  text: string,
  folders: readonly vscode.Uri[],
  isPrivate: (uri: vscode.Uri) => boolean | Promise<boolean>,
): Promise<string | undefined> {
  const lines = text.split('\n').map((line) => line.trim());
  const short = lines.filter((line) => line.includes(' ') && line.length <= MAX_LINE_LENGTH);
  const words = [...new Set([...short, ...(text.match(WORD) ?? [])])].slice(0, MAX_WORDS);
  for (const word of words) {
    for (const uri of placesOf(word, folders)) if ((await isPrivate(uri)) && (await exists(uri))) return word;
  }
  return undefined;
}

function placesOf(word: string, folders: readonly vscode.Uri[]): readonly vscode.Uri[] {
  // Of whatever scheme a path is said to be, here it would be one of the workspace.
  const path = /^[a-z][\w+.-]+:\/\//i.test(word) ? vscode.Uri.parse(word).path : word.replaceAll('\\', '/');
  return pathsIn(path).flatMap((one) => placesOfPath(one, folders));
}

/**
 * What of a word may be a path: with a line's number and text behind it, as `grep` writes them, or a revision in front, as
 * `git show` takes it; with the marks of a sentence, of Markdown or of `curl`; in a diff, below `a` or `b`.
 */
function pathsIn(word: string): readonly string[] {
  // But not after the letter of a drive.
  const parts = [word, ...word.split(/(?<!^[a-z](?=:\/)):/i), word.replace(/-\d+-.*$/s, '')];
  const bare = parts.map((part) =>
    part
      .trim()
      .replace(/^[@*]+/, '')
      .replace(/[.:*!?]+$/, ''),
  );
  return [...new Set([...parts, ...bare, ...bare.map((part) => part.replace(/^[ab]\//, ''))])];
}

function placesOfPath(path: string, folders: readonly vscode.Uri[]): readonly vscode.Uri[] {
  const isAbsolute = path.startsWith('/') || /^[a-z]:\//i.test(path);
  if (isAbsolute) return folders.map((folder) => folder.with({ path: vscode.Uri.file(path).path }));
  // Also without the ways up: whichever folder they are taken from, it may lead to this one.
  const below = path.split('/').filter((segment) => segment !== '..' && segment !== '.' && segment !== '');
  if (below.length === 0) return [];
  return folders.flatMap((folder) => [vscode.Uri.joinPath(folder, path), vscode.Uri.joinPath(folder, ...below)]);
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
