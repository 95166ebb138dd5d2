import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { canInstallDebianPackages, installDebianPackages } from '../setup/debian-packages.ts';
import { programOnPath } from '../setup/program-on-path.ts';
import { undoAtExit } from '../vscode-host/at-exit.ts';

/** A screen that nobody looks at, for a browser with windows (Linux only). */
export interface VirtualDisplay {
  /** For the environment of the browser. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const MISSING = 'A virtual screen needs Xvfb: install it (on Debian the package xvfb).';

/**
 * Starts an X server of 24 bits on a number that is free.
 *
 * @throws with one sentence when there is no Xvfb and it cannot be installed
 */
export async function startVirtualDisplay(widthPx: number, heightPx: number): Promise<VirtualDisplay> {
  const server = spawn(
    ensureXvfb(),
    ['-displayfd', '3', '-screen', '0', `${widthPx}x${heightPx}x24`, '-nolisten', 'tcp', '-noreset'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const forget = undoAtExit(() => server.kill('SIGKILL'));
  const ended = once(server, 'exit').then(() => Promise.reject(new Error('Xvfb ended before it had a screen.')));
  // Piped, as was asked for above.
  const answer: unknown[] = await Promise.race([once(server.stdio[3] as Readable, 'data'), ended]);
  ended.catch(() => undefined);
  return {
    // Firefox would prefer a Wayland of the person's own.
    env: { DISPLAY: `:${String(answer[0]).trim()}`, WAYLAND_DISPLAY: '', MOZ_ENABLE_WAYLAND: '0' },
    async stop() {
      const exit = once(server, 'exit');
      if (server.exitCode === null && server.kill('SIGTERM')) await exit;
      forget();
    },
  };
}

/** @returns absolute path of the program */
export function ensureXvfb(): string {
  const found = programOnPath('Xvfb');
  if (found !== undefined) return found;
  if (!canInstallDebianPackages()) throw new Error(MISSING);
  console.log('Installing Xvfb from the distribution, once …');
  installDebianPackages(['xvfb']);
  const installed = programOnPath('Xvfb');
  if (installed === undefined) throw new Error(MISSING);
  return installed;
}
