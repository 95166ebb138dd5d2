import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { programOnPath } from './program-on-path.ts';

/** Whether this process may install the distribution's packages: as root, on Debian or one of its kin. */
export function canInstallDebianPackages(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && programOnPath('apt-get') !== undefined;
}

/**
 * Installs packages of the distribution, without what they only recommend.
 *
 * @throws with one sentence that says which step failed and why
 */
export function installDebianPackages(packages: readonly string[]): void {
  aptGet('update');
  aptGet('install', '-y', '--no-install-recommends', ...packages);
}

function aptGet(...args: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = spawnSync('apt-get', args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (run.status === 0) return;
  const why = run.stderr.trim().split('\n').at(-1) ?? '';
  throw new Error(`apt-get ${args[0] ?? ''} failed (${why}).`);
}
