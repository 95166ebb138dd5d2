import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The most of one log file that is worth reading after a failure, in characters from its end. */
const KEPT_PER_FILE = 20_000;

/** All logs below a server's data folder (its own and the extension hosts'), each with its name, oldest path first. */
export async function readServerLogs(dataFolder: string): Promise<string> {
  const logs = join(dataFolder, 'logs');
  const names = await readdir(logs, { recursive: true }).catch(() => []);
  const parts: string[] = [];
  for (const name of names.filter((candidate) => candidate.endsWith('.log')).sort()) {
    const text = await readFile(join(logs, name), 'utf8').catch(() => '');
    if (text !== '') parts.push(`==== ${name}\n${text.slice(-KEPT_PER_FILE)}`);
  }
  return parts.join('\n');
}
