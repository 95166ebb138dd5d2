import { parseArgs } from 'node:util';
import { runInTestServer } from './test-server.ts';

/**
 * Does what desktop VS Code does with the arguments of @vscode/test-electron.
 *
 * @param args the command line; flags that have no meaning here are passed over
 * @returns the exit code: 0 when the tests passed
 */
export async function launch(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: {
      extensionDevelopmentPath: { type: 'string' },
      extensionTestsPath: { type: 'string' },
    },
  });
  const { extensionDevelopmentPath, extensionTestsPath } = values;
  const [folder] = positionals;
  if (typeof extensionDevelopmentPath !== 'string' || typeof extensionTestsPath !== 'string' || folder === undefined) {
    console.error('Expected --extensionDevelopmentPath=…, --extensionTestsPath=… and a folder, all absolute.');
    return 2;
  }
  try {
    return await runInTestServer({ extensionDevelopmentPath, extensionTestsPath, folder, env: {} });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}
