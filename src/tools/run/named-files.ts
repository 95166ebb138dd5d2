import * as vscode from 'vscode';
import type { Gate } from '../gate.ts';

/** What separates words in command lines, JSON and prose. */
const WORD = /[^\s"'`<>|;&()=,{}[\]]+/g;
/** More words than that are content, not the naming of files. */
const MAX_WORDS = 4_000;

/**
 * Finds a private file that a text names, however it leads there: for what acts outside of the gate. A second line of defence;
 * the first is that the person is asked. What does not exist is no file but a word.
 *
 * @param folders where relative paths begin
 * @returns the word that names it
 */
export async function privateFileNamed(
  gate: Pick<Gate, 'isExcludedName' | 'relative'>,
  text: string,
  folders: readonly vscode.Uri[],
): Promise<string | undefined> {
  const words = [...new Set(text.match(WORD) ?? [])].slice(0, MAX_WORDS);
  for (const word of words) {
    for (const uri of placesOf(word, folders)) {
      if (gate.relative(uri) === undefined || !gate.isExcludedName(uri)) continue;
      if (await exists(uri)) return word;
    }
  }
  return undefined;
}

function placesOf(word: string, folders: readonly vscode.Uri[]): readonly vscode.Uri[] {
  if (word.startsWith('file:')) return [vscode.Uri.parse(word)];
  const path = word.replaceAll('\\', '/').replace(/:\d+(:\d+)?$/, '');
  if (path.startsWith('/') || /^[a-z]:\//i.test(path))
    return folders.slice(0, 1).map((folder) => folder.with({ path: vscode.Uri.file(path).path }));
  // Ways up are left out: whichever folder they are taken from, it may be this one.
  const below = path.split('/').filter((segment) => segment !== '..' && segment !== '.' && segment !== '');
  if (below.length === 0) return [];
  return folders.map((folder) => vscode.Uri.joinPath(folder, ...below));
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
