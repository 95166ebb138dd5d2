import * as vscode from 'vscode';

/** What is used of the API that VS Code's built-in Git extension exports, version 1. */
export interface GitChange {
  readonly uri: vscode.Uri;
  readonly originalUri: vscode.Uri;
  readonly renameUri: vscode.Uri | undefined;
  readonly status: number;
}

export interface GitCommit {
  readonly hash: string;
  readonly message: string;
  readonly parents: readonly string[];
}

export interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly state: {
    readonly HEAD: { readonly name?: string; readonly commit?: string } | undefined;
    readonly workingTreeChanges: readonly GitChange[];
    readonly untrackedChanges?: readonly GitChange[];
  };
  /** Looks at the disk anew. */
  status(): Promise<void>;
  /** Paths are those of the file system. */
  diffWithHEAD(): Promise<readonly GitChange[]>;
  diffWithHEAD(path: string): Promise<string>;
  diffIndexWithHEAD(): Promise<readonly GitChange[]>;
  diffIndexWithHEAD(path: string): Promise<string>;
  diffBetween(ref: string, otherRef: string): Promise<readonly GitChange[]>;
  diffBetween(ref: string, otherRef: string, path: string): Promise<string>;
  getCommit(ref: string): Promise<GitCommit>;
  /** The file as it is there; an empty `ref` is what is staged. */
  show(ref: string, path: string): Promise<string>;
  getObjectDetails(ref: string, path: string): Promise<{ readonly size: number }>;
}

interface GitApi {
  readonly state: 'uninitialized' | 'initialized';
  readonly onDidChangeState: vscode.Event<unknown>;
  readonly repositories: readonly GitRepository[];
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

/**
 * The repositories of this workspace, once the Git extension has looked for them.
 *
 * @returns a sentence for the model where there are none
 */
export async function gitRepositories(
  signal: AbortSignal,
): Promise<readonly GitRepository[] | { readonly refused: string }> {
  // In an untrusted workspace it is there, but not started.
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  const git = await extension?.activate();
  if (git?.enabled !== true)
    return { refused: "VS Code's Git extension is not available here, so changes are not known." };
  const api = git.getAPI(1);
  if (api.state !== 'initialized') await initialized(api, signal);
  const repositories = api.repositories.filter(({ rootUri }) => isOfWorkspace(rootUri));
  return repositories.length === 0 ? { refused: 'This workspace is not in a git repository.' } : repositories;
}

function initialized(api: GitApi, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const listener = api.onDidChangeState(() => done());
    const done = (): void => {
      listener.dispose();
      signal.removeEventListener('abort', done);
      resolve();
    };
    signal.addEventListener('abort', done, { once: true });
  });
}

function isOfWorkspace(root: vscode.Uri): boolean {
  if (vscode.workspace.getWorkspaceFolder(root) !== undefined) return true;
  const above = `${root.path.replace(/\/$/, '')}/`;
  return (vscode.workspace.workspaceFolders ?? []).some(({ uri }) => uri.path.startsWith(above));
}

/** How a file changed, in the order of the extension's own states. */
const CHANGES = [
  ...['modified', 'added', 'deleted', 'renamed', 'copied'],
  ...['modified', 'deleted', 'untracked', 'ignored', 'added', 'renamed', 'modified'],
] as const;

/** Whatever comes after is one of the states of a conflict. */
export function changeOf({ status }: GitChange): string {
  return CHANGES[status] ?? 'conflicted';
}

export const isUntracked = (change: GitChange): boolean => changeOf(change) === 'untracked';
