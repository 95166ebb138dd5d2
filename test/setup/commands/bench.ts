// `npm run bench [-- name …]`: the measurements, which are the files of bench/, all of them or those named, one after another.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runNode } from '../../run-all/stage-process.ts';
import { projectRoot } from '../../vscode-host/project-root.ts';

const SUFFIX = '.ts';
const folder = join(projectRoot, 'bench');

const known = (await readdir(folder))
  .filter((file) => file.endsWith(SUFFIX))
  .map((file) => file.slice(0, -SUFFIX.length));
const names = process.argv.slice(2);
const unknown = names.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`No measurement is called ${unknown.join(', ')}. There are ${known.join(', ')}.`);
  process.exitCode = 1;
}
for (const name of unknown.length > 0 ? [] : names.length === 0 ? known : names) {
  const status = await runNode([join(folder, `${name}${SUFFIX}`)]);
  if (status !== 0) process.exitCode = 1;
}
