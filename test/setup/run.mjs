// The way in for `npm start`, `npm test`, `npm run journey`, `npm run bench` and `npm run package`, on a clone with nothing
// installed: node test/setup/run.mjs <command> [arguments]
//
// Runs on any Node from 20 on, installs what package-lock.json says, and hands over to ./commands/<command>.ts under the
// Node of node_modules, which runs TypeScript as it stands.
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { installDependencies } from './dependencies.mjs';
import { projectNode } from './project-node.mjs';

const OLDEST_NODE = 20;

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main() {
  const [command = '', ...args] = process.argv.slice(2);
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) {
    throw new Error(`Talkthrough is built with Node ${OLDEST_NODE} or newer; this is Node ${process.versions.node}.`);
  }
  const commands = (await readdir(join(here, 'commands'))).map((file) => file.replace(/\.ts$/, ''));
  if (!commands.includes(command)) {
    throw new Error(`Usage: node test/setup/run.mjs <${commands.join('|')}> [arguments]`);
  }
  await installDependencies(root);
  return handOver(await projectNode(root), join(here, 'commands', `${command}.ts`), args);
}

/**
 * Runs the command and passes on how it ended. It is told to end when this process is, and (by the channel between them)
 * notices when this process is killed outright.
 *
 * @param {string} node absolute path of the Node that runs TypeScript
 * @param {string} script
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
function handOver(node, script, args) {
  const binFolder = join(root, 'node_modules', '.bin');
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', script, ...args], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PATH: [dirname(node), binFolder, process.env.PATH].join(delimiter) },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  process.on('exit', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}
