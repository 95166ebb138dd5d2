import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeScratchFolder } from '../vscode-host/scratch-folder.ts';
import { STAGES, type Stage } from './stages.ts';
import { add, NOTHING, readTally, TALLY_FILE_VARIABLE, tallyLine, type Tally } from './tally.ts';

/**
 * Runs stages one after another; a failure stops only what rests on it. The last line printed is the sum of all tests,
 * each check counted as one.
 *
 * @param only names of stages; none for all
 * @returns whether everything passed
 */
export async function runAll(only: readonly string[]): Promise<boolean> {
  const unknown = only.filter((name) => !STAGES.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    throw new Error(`No such stage: ${unknown.join(', ')}. There are ${STAGES.map(({ name }) => name).join(', ')}.`);
  }
  const chosen = only.length === 0 ? STAGES : STAGES.filter(({ name }) => only.includes(name));
  const scratch = await makeScratchFolder();
  const failed = new Set<string>();
  const report: string[] = [];
  let sum = NOTHING;
  for (const stage of chosen) {
    const missing = stage.needs.filter((name) => failed.has(name));
    console.log(`\n━━ ${stage.name}`);
    const startedMs = performance.now();
    const tally = missing.length > 0 ? notRun(missing) : await runStage(stage, join(scratch.path, stage.name));
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    if (tally.failed > 0) failed.add(stage.name);
    sum = add(sum, tally);
    const line = `${tally.failed > 0 ? '✖' : '✔'} ${stage.name.padEnd(14)} ${seconds.padStart(6)} s   ${tallyLine(tally)}`;
    report.push(line);
    console.log(line);
  }
  await scratch.dispose();
  console.log(`\n${report.join('\n')}\n`);
  console.log(tallyLine(sum));
  return sum.failed === 0;
}

function notRun(missing: readonly string[]): Tally {
  console.log(`Not run, because this failed: ${missing.join(', ')}`);
  return { ...NOTHING, failed: 1 };
}

async function runStage(stage: Stage, tallyFile: string): Promise<Tally> {
  await rm(tallyFile, { force: true });
  let status: number | string;
  try {
    status = await stage.run({ [TALLY_FILE_VARIABLE]: tallyFile });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    status = 'error';
  }
  if (stage.kind === 'suites') return readTally(tallyFile, status);
  return status === 0 ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 };
}
