import '../protocol/zod.ts';
import * as z from 'zod';
import { pageOf, RESULT_BUDGET, shortLine } from './budget.ts';
import { changeSet, type ChangeSet, type WhichChanges, maskedDiff } from './git/change-set.ts';
import { changeOf, gitRepositories, isUntracked, type GitChange, type GitRepository } from './git/git-extension.ts';
import type { Gate } from '../gate/gate.ts';
import { byPath } from './search/path-order.ts';
import { failed, tool, type Tool } from './tool.ts';

/** Of a result, what the list of files may take; the diff has the rest. */
const FILES_BUDGET = 4_000;

const LINE_TEXT: Readonly<Record<WhichChanges, string>> = {
  working: 'Looked at the changes',
  staged: 'Looked at the staged changes',
  'last-commit': 'Looked at the last commit',
};

interface ChangedFile {
  readonly path: string;
  readonly change: GitChange;
  readonly set: ChangeSet;
}

/** Tells what changed, by VS Code's Git extension. */
export function gitChanges(gate: Gate): Tool {
  return tool({
    name: 'git_changes',
    kind: 'read',
    description:
      'Tells which files changed and how, as a diff. Call it when the person asks what they changed, what is staged, or what the last commit did. "working" is everything that is not committed yet. Of files that git does not track only the path is told: read them with read_file. Private files are left out, secrets are masked. "continueFrom" is what to give as "from" for the next lines of the diff.',
    schema: z.object({
      what: z.enum(['working', 'staged', 'last-commit']).optional().describe('Absent: working.'),
      path: z.string().optional().describe('Only this file or folder, relative to the workspace.'),
      from: z.number().int().min(0).optional().describe('Lines of the diff to pass over.'),
    }),
    line: ({ what = 'working' }) => ({ text: LINE_TEXT[what] }),
    async run({ what = 'working', path, from = 0 }, { signal }) {
      // What was deleted is not there any more, and still changed.
      const only = path === undefined ? undefined : await gate.writable(path, signal);
      if (only !== undefined && 'refused' in only) return failed(only.refused);
      const repositories = await gitRepositories(signal);
      if ('refused' in repositories) return failed(repositories.refused);
      const sets: { readonly repository: GitRepository; readonly set: ChangeSet }[] = [];
      for (const repository of repositories) {
        const set = await changeSet(repository, what);
        if (set !== undefined) sets.push({ repository, set });
      }
      if (sets.length === 0)
        return failed('The last commit is the first one: there is nothing before it to compare with.');
      const changed = await readableChanges(
        gate,
        sets.map(({ set }) => set),
      );
      const files = changed.filter((file) => only === undefined || isWithin(file.path, only.path));
      const list = pageOf(files, 0, (file) => file.path.length + 40, FILES_BUDGET).items;
      const budget = RESULT_BUDGET - list.reduce((length, file) => length + file.path.length + 40, 0);
      const { lines, isAll } = await diffLines(gate, files, from, budget, signal);
      const page = pageOf(lines, from, (line) => line.length + 1, budget);
      const continueFrom = page.continueFrom ?? (isAll ? undefined : lines.length);
      return {
        response: {
          status: 'ok',
          what,
          ...describe(gate, sets),
          changedFiles: files.length,
          files: list.map((file) => ({ path: file.path, change: changeOf(file.change) })),
          diff: page.items.join('\n'),
          ...(continueFrom !== undefined && { continueFrom }),
        },
      };
    },
  });
}

function describe(
  gate: Gate,
  sets: readonly { readonly repository: GitRepository; readonly set: ChangeSet }[],
): Readonly<Record<string, unknown>> {
  const [first] = sets;
  const branch = first?.repository.state.HEAD?.name;
  const commit = first?.set.commit;
  return {
    ...(branch !== undefined && { branch }),
    ...(commit !== undefined && { commit: { hash: commit.hash.slice(0, 10), message: gate.mask(commit.message) } }),
  };
}

/** Sorted by path; a file that was moved must be readable at both places. */
async function readableChanges(gate: Gate, sets: readonly ChangeSet[]): Promise<readonly ChangedFile[]> {
  const files: ChangedFile[] = [];
  for (const set of sets) {
    for (const change of set.changes) {
      const path = gate.relative(change.uri);
      const uris = [change.uri, change.originalUri, ...(change.renameUri === undefined ? [] : [change.renameUri])];
      if (path === undefined || !(await Promise.all(uris.map((uri) => gate.mayRead(uri)))).every(Boolean)) continue;
      files.push({ path, change, set });
    }
  }
  return files.sort((one, other) => byPath(one.path, other.path));
}

/** Lines of the diff, at least to the end of the page. */
async function diffLines(
  gate: Gate,
  files: readonly ChangedFile[],
  from: number,
  budget: number,
  signal: AbortSignal,
): Promise<{ readonly lines: readonly string[]; readonly isAll: boolean }> {
  const lines: string[] = [];
  for (const { path, change, set } of files) {
    if (signal.aborted) break;
    if (isUntracked(change)) continue;
    const length = lines.slice(from).reduce((sum, line) => sum + line.length + 1, 0);
    if (length > budget) return { lines, isAll: false };
    const versions = await set.versions(change);
    const diff =
      versions === undefined
        ? ['(The file is too large to be compared.)']
        : await fileDiff(gate, change, set, versions);
    lines.push(`# ${path}`, ...diff);
  }
  return { lines, isAll: true };
}

async function fileDiff(gate: Gate, change: GitChange, set: ChangeSet, versions: readonly string[]): Promise<string[]> {
  const lines = maskedDiff(await set.diff(change), versions, (text) => gate.mask(text));
  // The first lines name the file, which is named already.
  const firstHunk = lines.findIndex((line) => line.startsWith('@@'));
  return lines.slice(Math.max(0, firstHunk)).map((line) => shortLine(line));
}

function isWithin(path: string, above: string): boolean {
  return above === '.' || path === above || path.startsWith(`${above}/`);
}
