import { join } from 'node:path';
import { canInstallDebianPackages, installDebianPackages } from '../setup/debian-packages.ts';
import { isExecutable, programOnPath } from '../setup/program-on-path.ts';

const ON_PATH = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'google-chrome-beta',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
];

const ON_MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  '/Applications/Brave Browser.app/Contents/MacOS/Brave Browser',
];

const ON_WINDOWS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
];

const MISSING =
  'No Chromium-family browser was found: install Chromium, Google Chrome or Microsoft Edge, or set CHROMIUM to the path of one.';

/**
 * Finds a Chromium-family browser: the one named by CHROMIUM, else one on the PATH or in its usual place, else (as root
 * on Debian or Ubuntu) one that is installed now from the distribution's packages.
 *
 * @param say is told, in one line, that an installation begins
 * @returns the absolute path of the executable
 * @throws with one sentence that says what is missing
 */
export function findChromium(say: (line: string) => void = () => undefined): string {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') {
    const found = isExecutable(named) ? named : programOnPath(named);
    if (found === undefined) throw new Error(`CHROMIUM names ${named}, which is not a program.`);
    return found;
  }
  const found = findInstalled();
  if (found !== undefined) return found;
  if (canInstallDebianPackages()) {
    say('Installing Chromium from the distribution, once …');
    installFromDebian();
    const installed = findInstalled();
    if (installed !== undefined) return installed;
  }
  throw new Error(MISSING);
}

function findInstalled(): string | undefined {
  switch (process.platform) {
    case 'darwin': {
      const home = process.env['HOME'];
      const own = home === undefined ? [] : ON_MAC.map((path) => join(home, path));
      return [...ON_MAC, ...own].find(isExecutable);
    }
    case 'win32': {
      const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => process.env[name] ?? []);
      return roots.flatMap((root) => ON_WINDOWS.map((path) => join(root, path))).find(isExecutable);
    }
    default:
      for (const name of ON_PATH) {
        const found = programOnPath(name);
        if (found !== undefined) return found;
      }
      return undefined;
  }
}

function installFromDebian(): void {
  try {
    // A browser with no font draws boxes where text should be.
    installDebianPackages(['chromium', 'fonts-dejavu-core', 'fonts-noto-core']);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Chromium could not be installed: ${why} ${MISSING}`, { cause });
  }
}
