import { join } from 'node:path';
import { projectRoot } from '../vscode-host/project-root.ts';

/** Absolute path of a program inside a development dependency. */
export function tool(packageName: string, path: string): string {
  return join(projectRoot, 'node_modules', packageName, path);
}

/** What stands after `node` to run mocha with a configuration, given relative to the repository's root. */
export function mocha(config: string): readonly string[] {
  return [tool('mocha', 'bin/mocha.js'), '--config', config];
}

/** Mocha arguments that make it leave a tally and end. */
export const reporterPath: readonly string[] = [
  '--reporter',
  join(projectRoot, 'test/run-all/command-line-reporter.ts'),
];
