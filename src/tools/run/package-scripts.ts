import * as vscode from 'vscode';

/**
 * What the scripts are that a task of the npm extension runs: its name alone does not say what will happen.
 *
 * @returns lines `test: mocha`, in the order in which npm runs them
 */
export async function packageScripts(
  definition: vscode.TaskDefinition,
  folder: vscode.Uri | undefined,
): Promise<readonly string[]> {
  const { type, script, path } = definition as Readonly<Record<string, unknown>>;
  if (type !== 'npm' || typeof script !== 'string' || folder === undefined) return [];
  const scripts = await scriptsIn(typeof path === 'string' ? vscode.Uri.joinPath(folder, path) : folder);
  return [`pre${script}`, script, `post${script}`].flatMap((name) => {
    const command = scripts[name];
    return typeof command === 'string' ? [`${name}: ${command}`] : [];
  });
}

/** The scripts of the package.json of a folder; none where it has none. */
export async function scriptsIn(folder: vscode.Uri): Promise<Readonly<Record<string, unknown>>> {
  try {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, 'package.json'));
    const manifest: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof manifest !== 'object' || manifest === null || !('scripts' in manifest)) return {};
    const { scripts } = manifest;
    // Values are looked at where they are used.
    return typeof scripts === 'object' && scripts !== null ? (scripts as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
