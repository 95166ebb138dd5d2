import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, launch } from 'puppeteer-core';
import type { SoundServer } from './sound-server.ts';

const ON_PATH = ['firefox-esr', 'firefox', 'firefox-developer-edition'];
const ON_MAC = ['/Applications/Firefox.app/Contents/MacOS/firefox'];
const ON_WINDOWS = ['PROGRAMFILES', 'PROGRAMFILES(X86)'].flatMap((name) => {
  const folder = process.env[name];
  return folder === undefined ? [] : [join(folder, 'Mozilla Firefox', 'firefox.exe')];
});
const MISSING = 'No Firefox was found: install it, or set FIREFOX to its path.';

/** 1: a page must be clicked before it may be heard, as people have it. */
const AUTOPLAY_AFTER_CLICK = 1;

/**
 * Finds Firefox: the one named by FIREFOX, else one in its usual place, else (as root on Debian or Ubuntu) one that is
 * installed now from the distribution's packages.
 *
 * @returns the path of the executable
 * @throws with one sentence that says what is missing
 */
export function findFirefox(): string {
  const named = process.env['FIREFOX'];
  if (named !== undefined && named !== '') {
    const found = isExecutable(named) ? named : onPath(named);
    if (found === undefined) throw new Error(`FIREFOX names ${named}, which is not a program.`);
    return found;
  }
  const found = findInstalled();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version') && onPath('apt-get') !== undefined) {
    console.log('Installing Firefox from the distribution, once …');
    aptGet('update');
    aptGet('install', '-y', '--no-install-recommends', 'firefox-esr');
    const installed = findInstalled();
    if (installed !== undefined) return installed;
  }
  throw new Error(MISSING);
}

/**
 * Starts Firefox with a microphone that hums one steady tone and is given to whoever asks for it; sound needs a click. The
 * caller closes it.
 *
 * @param sound where it plays
 */
export function launchFirefox(sound: SoundServer): Promise<Browser> {
  return launch({
    browser: 'firefox',
    executablePath: findFirefox(),
    headless: true,
    env: { ...process.env, ...sound.env },
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      'media.autoplay.default': AUTOPLAY_AFTER_CLICK,
    },
  });
}

function findInstalled(): string | undefined {
  if (process.platform === 'darwin') return ON_MAC.find(isExecutable);
  if (process.platform === 'win32') return ON_WINDOWS.find(isExecutable);
  return ON_PATH.map(onPath).find((path) => path !== undefined);
}

function onPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function aptGet(...args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = spawnSync('apt-get', args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (run.status === 0) return;
  const why = run.stderr.trim().split('\n').at(-1) ?? '';
  throw new Error(`Firefox could not be installed: apt-get ${args[0] ?? ''} failed (${why}). ${MISSING}`);
}
