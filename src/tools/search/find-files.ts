import * as vscode from 'vscode';

/** As VS Code's own, with a signal. */
export async function findFiles(
  include: vscode.GlobPattern,
  exclude: string,
  max: number,
  signal: AbortSignal,
): Promise<readonly vscode.Uri[]> {
  const stop = new vscode.CancellationTokenSource();
  const onAbort = (): void => stop.cancel();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await vscode.workspace.findFiles(include, exclude, max, stop.token);
  } finally {
    signal.removeEventListener('abort', onAbort);
    stop.dispose();
  }
}
