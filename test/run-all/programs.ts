import { join } from 'node:path';
import { projectRoot } from '../vscode-host/project-root.ts';

/** Absolute path of a program inside a development dependency. */
export function tool(packageName: string, path: string): string {
  return join(projectRoot, 'node_modules', packageName, path);
}

/** What stands after `node` to run mocha. */
export const mochaProgram: readonly string[] = [tool('mocha', 'bin/mocha.js')];

/** Mocha arguments that make it leave a tally and end. */
export const reporterPath: readonly string[] = [
  '--reporter',
  join(projectRoot, 'test/run-all/command-line-reporter.ts'),
];
