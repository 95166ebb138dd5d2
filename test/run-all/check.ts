import { join } from 'node:path';
import { findChromium } from '../vscode-host/chromium.ts';
import { makeScratchFolder } from '../vscode-host/scratch-folder.ts';
import { ensureReadingPrograms } from '../sight/reading-programs.ts';
import { STATIC, UNIT_STAGE, type Stage } from './stages.ts';
import { add, NOTHING, tallyLine, type Tally } from './tally.ts';

/** What is slowest first, beside what is quick one after another. */
const LANES: readonly (readonly Stage[])[] = [
  [UNIT_STAGE],
  STATIC.filter(({ name }) => name === 'lint'),
  STATIC.filter(({ name }) => name !== 'lint'),
];

/**
 * Types, lint, format and units side by side: what is worth knowing before each commit. Of what passed one line is
 * printed, of what failed all it said.
 *
 * @returns whether everything passed
 */
export async function runCheck(): Promise<boolean> {
  findChromium((line) => console.log(line));
  ensureReadingPrograms();
  const scratch = await makeScratchFolder();
  const startedMs = performance.now();
  let sum = NOTHING;
  const play = async (stage: Stage): Promise<void> => {
    const stageStartedMs = performance.now();
    let printed = '';
    const tally = await stage.run(await scratch.folder(join('stages', stage.name)), (text) => (printed += text));
    sum = add(sum, tally);
    if (tally.failed > 0) process.stdout.write(`${printed.trimEnd()}\n`);
    console.log(line(stage, tally, stageStartedMs));
  };
  await Promise.all(
    LANES.map(async (stages) => {
      for (const stage of stages) await play(stage);
    }),
  );
  await scratch.dispose();
  console.log(`\n${((performance.now() - startedMs) / 1000).toFixed(0)} seconds\n${tallyLine(sum)}`);
  return sum.failed === 0;
}

function line({ name }: Stage, tally: Tally, startedMs: number): string {
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  return `${tally.failed > 0 ? '✖' : '✔'} ${name.padEnd(14)} ${seconds.padStart(6)} s   ${tallyLine(tally)}`;
}
