import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { undoAtExit } from '../vscode-host/at-exit.ts';
import { makeScratchFolder } from '../vscode-host/scratch-folder.ts';

/** A sound server of a test's own: Firefox runs no audio clock where there is no sound device. */
export interface SoundServer {
  /** For the environment of the browser. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * Starts a PulseAudio that belongs to nobody else and plays into the void. Elsewhere than on Linux the system's own sound
 * serves.
 *
 * @throws with one sentence when there is no PulseAudio and it cannot be installed
 */
export async function startSoundServer(): Promise<SoundServer> {
  if (process.platform !== 'linux') return { env: {}, stop: () => Promise.resolve() };
  ensurePulseAudio();
  const scratch = await makeScratchFolder();
  const folder = await scratch.folder('pulse');
  const socket = join(folder, 'native');
  const server = spawn(
    'pulseaudio',
    [
      '-n',
      '--daemonize=no',
      '--use-pid-file=no',
      '--exit-idle-time=-1',
      '--disable-shm=yes',
      ...['-L', `module-native-protocol-unix auth-anonymous=1 socket=${socket}`],
      ...['-L', 'module-null-sink sink_name=void'],
    ],
    {
      stdio: 'ignore',
      // Nothing of the person's own sound server, nor of their desktop's bus.
      env: { PATH: process.env['PATH'], HOME: folder, XDG_RUNTIME_DIR: folder, DBUS_SESSION_BUS_ADDRESS: 'disabled:' },
    },
  );
  const forget = undoAtExit(() => server.kill('SIGKILL'));
  await listening(server, folder, socket);
  return {
    env: { PULSE_SERVER: `unix:${socket}` },
    async stop() {
      const ended = once(server, 'exit');
      if (server.exitCode === null && server.kill('SIGTERM')) await ended;
      forget();
      await scratch.dispose();
    },
  };
}

async function listening(server: ChildProcess, folder: string, socket: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const watcher = watch(folder, look);
    function look(): void {
      if (!existsSync(socket)) return;
      watcher.close();
      resolve();
    }
    server.once('exit', (code) => {
      watcher.close();
      reject(new Error(`PulseAudio ended before it could be used (${code ?? 'killed'}).`));
    });
    look();
  });
}

/**
 * Installs PulseAudio where it is missing, as root on Debian.
 *
 * @throws with one sentence that says what is missing
 */
export function ensurePulseAudio(): void {
  if (spawnSync('pulseaudio', ['--version']).status === 0) return;
  const missing = 'PulseAudio was not found: install the package pulseaudio, which Firefox needs to keep time.';
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) throw new Error(missing);
  console.log('Installing PulseAudio from the distribution, once …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'pulseaudio']]) {
    if (spawnSync('apt-get', args, { env, stdio: 'ignore' }).status !== 0) throw new Error(missing);
  }
}
