// `npm run journey [-- name …]`: plays journeys in a real VS Code, all of them or those named.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { mocha, reporterPath } from '../../run-all/programs.ts';
import { runNode } from '../../run-all/stage-process.ts';
import { projectRoot } from '../../vscode-host/project-root.ts';
import { buildPackage } from '../package-vsix.ts';

const SUFFIX = '.journey.ts';
const folder = join(projectRoot, 'test', 'journey');

const known = (await readdir(folder))
  .filter((file) => file.endsWith(SUFFIX))
  .map((file) => file.slice(0, -SUFFIX.length));
const names = process.argv.slice(2);
const unknown = names.filter((name) => !existsSync(join(folder, `${name}${SUFFIX}`)));
if (unknown.length > 0) {
  console.error(`No journey is called ${unknown.join(', ')}. There are ${known.join(', ')}.`);
  process.exitCode = 1;
} else {
  console.log(await buildPackage());
  const files = (names.length === 0 ? known : names).map((name) => join(folder, `${name}${SUFFIX}`));
  const status = await runNode([...mocha('test/journey/.mocharc.json'), ...reporterPath, ...files]);
  console.log(`Screenshots are in ${join(folder, 'screenshots')}`);
  process.exitCode = typeof status === 'number' ? status : 1;
}
