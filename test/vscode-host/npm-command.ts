import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/**
 * Runs npm in `cwd` and waits for it, its output appended to `logFile`.
 *
 * @throws with one sentence naming the log when npm fails or cannot be started
 */
export async function runNpm(args: readonly string[], cwd: string, logFile: string): Promise<void> {
  const log = createWriteStream(logFile, { flags: 'a' });
  log.write(`\n$ npm ${args.join(' ')}    (in ${cwd})\n`);
  const [command, first] = npmCommand();
  const child = spawn(command, [...first, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: withoutNpmState(),
    shell: command.endsWith('.cmd'),
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const status = await new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  log.end();
  await finished(log);
  if (status !== 0) throw new Error(`npm ${args[0] ?? ''} failed (${status}); what it said is in ${logFile}`);
}

function npmCommand(): readonly [string, readonly string[]] {
  const cli = process.env['npm_execpath'];
  if (cli !== undefined && /\.[cm]?js$/.test(cli)) return [process.execPath, [cli]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
}

/** npm tells its scripts about the project they run in; an install elsewhere must not hear of it. */
function withoutNpmState(): NodeJS.ProcessEnv {
  const about =
    /^(npm_package_|npm_lifecycle_|npm_config_(global_prefix|local_prefix|prefix|omit|package_lock)|INIT_CWD$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !about.test(name)));
}
