// Whether the suites that try the test tools themselves have something to find out.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { projectRoot } from '../vscode-host/project-root.ts';

/** What they rest on: files and folders of the repository. */
const TOOLS = [
  'package-lock.json',
  'test/journey/harness',
  'test/journey/page-scripts',
  'test/journey/harness.journey.ts',
  'test/journey/harness-refused.journey.ts',
  'test/run-all',
  'test/setup',
  'test/vscode-host',
];

/** Says by its content which state of the tools has passed here; not in a fresh clone. */
const PASSED = join(projectRoot, 'out', 'test', 'harness-passed');

/** A hash of the tools as they are now. */
export async function harnessState(): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  for (const name of TOOLS) {
    for (const file of await filesOf(name)) hash.update(file).update(await readFile(join(projectRoot, file)));
  }
  return hash.digest('hex');
}

/** True where exactly these tools have passed before, on this machine; never where a CI says that it is one. */
export async function hasPassed(state: string): Promise<boolean> {
  if ((process.env['CI'] ?? '') !== '') return false;
  return (await readFile(PASSED, 'utf8').catch(() => '')) === state;
}

export async function notePassed(state: string): Promise<void> {
  await mkdir(dirname(PASSED), { recursive: true });
  await writeFile(PASSED, state);
}

/** The file itself, or all files below the folder, in order. */
async function filesOf(name: string): Promise<readonly string[]> {
  if (/\.\w+$/.test(name)) return [name];
  const entries = await readdir(join(projectRoot, name), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(projectRoot.length + 1))
    .sort();
}
