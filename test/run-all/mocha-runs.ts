// Suites of a folder, run by mocha: all in one process, or each file in its own with several at once.
import type { ChildProcess } from 'node:child_process';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { projectRoot } from '../vscode-host/project-root.ts';
import { mochaProgram, reporterPath } from './programs.ts';
import { runNode, type Output } from './stage-process.ts';
import { StartTurns } from './start-turns.ts';
import { add, NOTHING, readTally, TALLY_FILE_VARIABLE, type Tally } from './tally.ts';

/** Suites in files of a folder, absolute; `.mocharc.json` beside them says how they are run. */
export interface SuiteFolder {
  readonly folder: string;
  /** How the names of its suites end. */
  readonly suffix: string;
}

/** Suites that one process runs, one after another. */
export interface SuiteGroup {
  readonly name: string;
  readonly suites: readonly string[];
}

/** The names of all suites there and below, without the suffix; `/` stands between folders. */
export async function suitesIn({ folder, suffix }: SuiteFolder): Promise<readonly string[]> {
  const files = (await readdir(folder, { recursive: true })).map((file) => file.replaceAll('\\', '/'));
  return files
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length))
    .sort();
}

/** Runs suites one after another in one process, their output passed through. */
export async function runTogether(suites: SuiteFolder, names: readonly string[], scratch: string): Promise<Tally> {
  return runMocha(suites, names, join(scratch, 'together.json'), 'through');
}

/**
 * Runs each group in a process of its own, some at a time; what one prints is shown when it has ended.
 *
 * @param groups in the order in which they are begun: the longest first
 * @param atOnce how many at a time
 */
export async function runSideBySide(
  folder: SuiteFolder,
  groups: readonly SuiteGroup[],
  atOnce: number,
  scratch: string,
  print: (text: string) => void = (text) => process.stdout.write(text),
): Promise<Tally> {
  const waiting = [...groups];
  const turns = new StartTurns();
  const lanes: Promise<void>[] = [];
  let sum = NOTHING;
  const work = async (): Promise<void> => {
    const lane = { isReplaced: false };
    for (let group = waiting.shift(); group !== undefined; group = lane.isReplaced ? undefined : waiting.shift()) {
      const { name, suites } = group;
      const startedMs = performance.now();
      let printed = '';
      const attend = (suite: ChildProcess): void =>
        turns.attend(suite, () => {
          if (!lane.isReplaced) lanes.push(work());
          lane.isReplaced = true;
        });
      const tally = await runMocha(folder, suites, join(scratch, `${name}.json`), (text) => (printed += text), attend);
      print(`${printed.trimEnd()}\n  ── ${name}: ${((performance.now() - startedMs) / 1000).toFixed(1)} s\n\n`);
      sum = add(sum, tally);
    }
  };
  while (lanes.length < atOnce) lanes.push(work());
  // It grows while it is walked: where a suite only waits, another lane takes its place.
  for (const lane of lanes) await lane;
  return sum;
}

async function runMocha(
  { folder, suffix }: SuiteFolder,
  names: readonly string[],
  tallyFile: string,
  output: Output,
  attend?: (suite: ChildProcess) => void,
): Promise<Tally> {
  await rm(tallyFile, { force: true });
  await mkdir(join(tallyFile, '..'), { recursive: true });
  const files = names.map((name) => join(folder, `${name}${suffix}`));
  const args = [...mochaProgram, '--no-config', ...(await configured(folder)), ...reporterPath, ...files];
  const status = await runNode(args, { env: { [TALLY_FILE_VARIABLE]: tallyFile }, output, attend });
  const tally = await readTally(tallyFile, status);
  if (tally.failed > 0 && status !== 0) {
    const line = `✖ ${basename(tallyFile, '.json')}: ${status}\n`;
    if (output === 'through') process.stdout.write(line);
    else output(line);
  }
  return tally;
}

/** What the folder's `.mocharc.json` says, but for the files: mocha would add all of them to those that are named. */
async function configured(folder: string): Promise<readonly string[]> {
  const text = await readFile(join(folder, '.mocharc.json'), 'utf8');
  const config: unknown = JSON.parse(text);
  if (typeof config !== 'object' || config === null) throw new Error(`${folder}/.mocharc.json is not an object.`);
  return Object.entries(config).flatMap(([name, value]: [string, unknown]) => {
    if (name === 'spec' || value === false) return [];
    const option = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (value === true) return [option];
    const values: unknown[] = Array.isArray(value) ? value : [value];
    return values.flatMap((each) => [option, name === 'require' ? join(projectRoot, String(each)) : String(each)]);
  });
}
