// Installs what package-lock.json says, unless it is there already.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { npm } from './npm.mjs';

/**
 * Runs `npm ci` when node_modules is absent or is not what package-lock.json says.
 *
 * @param {string} root absolute path of the repository
 * @throws with one sentence when npm fails
 */
export async function installDependencies(root) {
  if (await areInstalled(root)) return;
  await withLock(join(root, '.vscode-host', 'npm-ci.lock'), async () => {
    if (await areInstalled(root)) return;
    console.log('Installing the dependencies …');
    const status = await npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], root);
    if (status !== 0) throw new Error(`npm ci failed (${status}); what is missing stands above.`);
  });
}

/**
 * Compares package-lock.json with npm's own record of what it last put into node_modules, package by package.
 *
 * @param {string} root
 */
async function areInstalled(root) {
  const [wanted, present] = await Promise.all([
    packagesOf(join(root, 'package-lock.json')),
    packagesOf(join(root, 'node_modules', '.package-lock.json')),
  ]);
  if (wanted === undefined) throw new Error('package-lock.json is missing: this is not a clone of Talkthrough.');
  if (present === undefined) return false;
  return Object.entries(wanted).every(([path, { version, integrity, optional, devOptional }]) => {
    if (path === '') return true;
    const found = present[path];
    // A package for another system is not installed here, and nothing else may be missing.
    if (found === undefined) return optional === true || devOptional === true;
    return found.version === version && found.integrity === integrity;
  });
}

/**
 * @param {string} lockfile
 * @returns {Promise<Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }> | undefined>}
 */
async function packagesOf(lockfile) {
  const text = await readFile(lockfile, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text).packages ?? {});
}
