import * as vscode from 'vscode';

/** Where VS Code keeps its own: since 1.13x one package for all platforms, before that one for each. */
function places(): readonly string[] {
  const binary = process.platform === 'win32' ? 'rg.exe' : 'rg';
  const platform = `${process.platform}-${process.arch}`;
  return ['node_modules', 'node_modules.asar.unpacked'].flatMap((modules) => [
    `${modules}/@vscode/ripgrep-universal/bin/${platform}/${binary}`,
    `${modules}/@vscode/ripgrep/bin/${binary}`,
  ]);
}

let found: Promise<string | undefined> | undefined;

/** The ripgrep that VS Code itself searches with, as a path of this machine; nothing where there is none. */
export function ripgrepBinary(): Promise<string | undefined> {
  return (found ??= find());
}

async function find(): Promise<string | undefined> {
  for (const place of places()) {
    const uri = vscode.Uri.joinPath(vscode.Uri.file(vscode.env.appRoot), place);
    try {
      await vscode.workspace.fs.stat(uri);
      return uri.fsPath;
    } catch {
      // The next one.
    }
  }
  return undefined;
}
