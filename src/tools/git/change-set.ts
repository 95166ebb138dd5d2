import * as vscode from 'vscode';
import { MAX_FILE_BYTES, linesOf } from '../file-text.ts';
import { isUntracked, type GitChange, type GitCommit, type GitRepository } from './git-extension.ts';

export type WhichChanges = 'working' | 'staged' | 'last-commit';

/** Two versions of a repository's files, and where they differ. */
export interface ChangeSet {
  readonly changes: readonly GitChange[];
  /** The last commit, where that is what is asked for. */
  readonly commit?: GitCommit;
  /** As `git diff` writes it. */
  diff(change: GitChange): Promise<string>;
  /** Both versions of a file whole; nothing where one is too large to be read. */
  versions(change: GitChange): Promise<readonly string[] | undefined>;
}

/** What is asked for; nothing where the only commit has none before it. */
export async function changeSet(repository: GitRepository, which: WhichChanges): Promise<ChangeSet | undefined> {
  const before = (ref: string) => (change: GitChange) => textAt(repository, ref, change.originalUri);
  switch (which) {
    case 'working':
      await repository.status();
      return {
        changes: [...(await repository.diffWithHEAD()), ...untracked(repository)],
        diff: ({ uri }) => repository.diffWithHEAD(uri.fsPath),
        versions: both(before('HEAD'), ({ uri }) => textOnDisk(uri)),
      };
    case 'staged':
      return {
        changes: await repository.diffIndexWithHEAD(),
        diff: ({ uri }) => repository.diffIndexWithHEAD(uri.fsPath),
        versions: both(before('HEAD'), ({ uri }) => textAt(repository, '', uri)),
      };
    case 'last-commit': {
      const commit = await repository.getCommit('HEAD');
      const [parent] = commit.parents;
      if (parent === undefined) return undefined;
      return {
        commit,
        changes: await repository.diffBetween(parent, commit.hash),
        diff: ({ uri }) => repository.diffBetween(parent, commit.hash, uri.fsPath),
        versions: both(before(parent), ({ uri }) => textAt(repository, commit.hash, uri)),
      };
    }
  }
}

function untracked({ state }: GitRepository): readonly GitChange[] {
  return [...state.workingTreeChanges, ...(state.untrackedChanges ?? [])].filter(isUntracked);
}

type Version = (change: GitChange) => Promise<string | undefined>;

function both(before: Version, after: Version): ChangeSet['versions'] {
  return async (change) => {
    const versions = await Promise.all([before(change), after(change)]);
    return versions.includes(undefined) ? undefined : versions.filter((text) => text !== undefined);
  };
}

/** Empty where it is not there in that version. */
async function textAt(repository: GitRepository, ref: string, uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { size } = await repository.getObjectDetails(ref, uri.fsPath);
    return size > MAX_FILE_BYTES ? undefined : await repository.show(ref, uri.fsPath);
  } catch {
    return '';
  }
}

async function textOnDisk(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > MAX_FILE_BYTES) return undefined;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return '';
  }
}

/** A diff larger than this is of something generated. UTF-16 units. */
const MAX_DIFF_LENGTH = 300_000;

/**
 * A diff with secrets masked, as lines. A diff shows a few lines of a key, by which nobody would know it for one: so both
 * versions are masked whole, and their lines are looked up.
 *
 * @param versions before and after
 */
export function maskedDiff(diff: string, versions: readonly string[], mask: (text: string) => string): string[] {
  if (diff.length > MAX_DIFF_LENGTH) return ['(The diff is too large to be shown.)'];
  const masked = new Map<string, string>();
  for (const version of versions) {
    const shown = linesOf(mask(version));
    for (const [i, line] of linesOf(version).entries()) {
      const instead = shown[i];
      if (instead !== undefined && instead !== line) masked.set(line, instead);
    }
  }
  const lines = linesOf(diff).map((line) => {
    // What git writes after the numbers is a line from further up.
    const numbers = /^@@[^@]*@@/.exec(line);
    if (numbers !== null) return numbers[0];
    const instead = masked.get(line.slice(1));
    return instead === undefined ? line : `${line.slice(0, 1)}${instead}`;
  });
  return linesOf(mask(lines.join('\n')));
}
