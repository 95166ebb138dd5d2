// Finds the Node that runs this project's TypeScript: version 24, brought by the npm package `node`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { npm } from './npm.mjs';

/** TypeScript runs as it stands from this version on, and VS Code's server wants it. */
const WANTED_MAJOR = 24;

/**
 * The package's install script brings the binary; where scripts were not run it is run now.
 *
 * @param {string} root absolute path of the repository, its dependencies installed
 * @returns {Promise<string>} absolute path of a Node 24
 * @throws with one sentence that says what is wrong
 */
export async function projectNode(root) {
  const packageFolder = join(root, 'node_modules', 'node');
  const find = () => ['node.exe', 'node'].map((name) => join(packageFolder, 'bin', name)).find(isWanted);
  const found = find();
  if (found !== undefined) return found;

  console.log(`Fetching Node ${WANTED_MAJOR} …`);
  await npm(['rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts', '--loglevel=error'], root);
  if (find() === undefined) {
    spawnSync(process.execPath, ['installArchSpecificPackage.js'], { cwd: packageFolder, stdio: 'inherit' });
  }
  const mended = find();
  if (mended !== undefined) return mended;
  if (Number(process.versions.node.split('.')[0]) >= WANTED_MAJOR) return process.execPath;
  throw new Error(
    `node_modules/node holds no Node ${WANTED_MAJOR} for ${process.platform}-${process.arch}: ` +
      `run this with Node ${WANTED_MAJOR} or newer, or let npm run install scripts (npm rebuild node).`,
  );
}

/** @param {string} path */
function isWanted(path) {
  if (!existsSync(path)) return false;
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return status === 0 && Number(/^v(\d+)\./.exec(stdout)?.[1]) >= WANTED_MAJOR;
}
