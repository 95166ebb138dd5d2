import { join } from 'node:path';
import { findChromium } from '../vscode-host/chromium.ts';
import { personalEnvironment } from '../vscode-host/environment.ts';
import { startProcess } from '../vscode-host/running-process.ts';

/** Whether a window could be seen by anyone. */
export function hasDisplay(): boolean {
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  return ['DISPLAY', 'WAYLAND_DISPLAY'].some((name) => (process.env[name] ?? '') !== '');
}

/**
 * Opens an address in a browser window with a profile of its own in `folder`; the window is closed with this process.
 * Says so, and goes on, where no browser is found.
 */
export async function openBrowserWindow(address: string, folder: string): Promise<void> {
  try {
    // Chromium refuses its sandbox to root.
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    await startProcess({
      name: 'The browser',
      command: findChromium((line) => console.log(line)),
      args: [
        ...asRoot,
        ...['--no-first-run', '--no-default-browser-check', `--user-data-dir=${join(folder, 'profile')}`],
        ...['--new-window', address],
      ],
      env: personalEnvironment(folder, {}),
      cwd: folder,
      logFile: join(folder, 'browser.log'),
    });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)} Open the address above in any browser.`);
  }
}
