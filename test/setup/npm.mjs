// Runs the npm that runs us, or the one on the PATH.
import { spawn } from 'node:child_process';
import process from 'node:process';

/**
 * @param {string[]} args
 * @param {string} cwd
 * @returns {Promise<number | string>} exit code, or what ended it or kept it from starting
 */
export function npm(args, cwd) {
  const cli = process.env.npm_execpath;
  const known = cli !== undefined && /npm-cli\.[cm]?js$/.test(cli);
  const command = known ? process.execPath : process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const child = spawn(command, [...(known ? [cli] : []), ...args], {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: command.endsWith('.cmd'),
  });
  return new Promise((resolve) => {
    child.once('error', (error) => {
      resolve(error.code === 'ENOENT' ? 'npm is not installed' : error.message);
    });
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
}
