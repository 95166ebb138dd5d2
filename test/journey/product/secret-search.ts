import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Talkthrough } from './talkthrough.ts';

/**
 * Where a secret can be read: every file that VS Code, the extension and their logs wrote, what the page holds, every message
 * the view was sent (of frames that `watchCaptures` watches), what the browser complained about. Plain, URL-encoded and base64. The secret storage itself is not
 * searched: VS Code keeps it encrypted in the browser.
 */
export async function searchForSecret(talk: Talkthrough, secret: string): Promise<string[]> {
  const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64').replace(/=+$/, '')];
  const shows = (text: string): boolean => forms.some((form) => text.includes(form));
  const places: string[] = [];
  const folder = talk.window.workbench.scratchFolder;
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    if (shows(await readFile(path, 'latin1'))) places.push(relative(folder, path));
  }
  if (shows(await talk.window.workbench.logs())) places.push('logs');
  for (const frame of talk.window.page.frames()) {
    const held = await frame
      .evaluate<string>(
        'document.documentElement.outerHTML + JSON.stringify([localStorage, sessionStorage, globalThis.__told ?? []])',
      )
      .catch(() => '');
    if (shows(held)) places.push(`page ${frame.url().slice(0, 80)}`);
  }
  for (const { text } of talk.window.complaints.all) if (shows(text)) places.push(`console: ${text.slice(0, 80)}`);
  return places;
}
