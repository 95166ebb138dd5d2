import { join } from 'node:path';
import { makeScratchFolder, type ScratchFolder } from '../vscode-host/scratch-folder.ts';
import type { Output } from './stage-process.ts';
import { prepare, STAGES, STEPS, type Stage } from './stages.ts';
import { add, NOTHING, tallyLine, type Tally } from './tally.ts';

/** What is known so far. */
interface Run {
  readonly scratch: ScratchFolder;
  readonly failed: Set<string>;
  /** A line for each stage that has ended, by its name. */
  readonly report: Map<string, string>;
  sum: Tally;
}

/**
 * Runs stages; a failure stops only what rests on it. The last line printed is the sum of all tests, each check counted
 * as one.
 *
 * @param only names of stages; none for all
 * @returns whether everything passed
 */
export async function runAll(only: readonly string[]): Promise<boolean> {
  const unknown = only.filter((name) => !STAGES.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    throw new Error(`No such stage: ${unknown.join(', ')}. There are ${STAGES.map(({ name }) => name).join(', ')}.`);
  }
  const isChosen = ({ name }: Stage): boolean => only.length === 0 || only.includes(name);
  const startedMs = performance.now();
  await prepare(STAGES.filter(isChosen));
  const run: Run = { scratch: await makeScratchFolder(), failed: new Set(), report: new Map(), sum: NOTHING };
  for (const sequences of STEPS) {
    const [first = [], ...beside] = sequences
      .map((sequence) => sequence.filter(isChosen))
      .filter((sequence) => sequence.length > 0);
    // What the first prints is seen as it comes, what the others print once the first has ended.
    const [, ...printed] = await Promise.all([
      playSequence(first, run, 'through'),
      ...beside.map((sequence) => playQuietly(sequence, run)),
    ]);
    for (const text of printed) if (text !== '') process.stdout.write(text);
  }
  await run.scratch.dispose();
  console.log(`\n${STAGES.flatMap(({ name }) => run.report.get(name) ?? []).join('\n')}\n`);
  console.log(`${((performance.now() - startedMs) / 60_000).toFixed(1)} minutes`);
  console.log(tallyLine(run.sum));
  return run.sum.failed === 0;
}

async function playSequence(stages: readonly Stage[], run: Run, output: Output): Promise<void> {
  const print = output === 'through' ? (text: string): unknown => process.stdout.write(text) : output;
  for (const stage of stages) {
    print(`\n━━ ${stage.name}\n`);
    const startedMs = performance.now();
    const missing = stage.needs.filter((name) => run.failed.has(name));
    if (missing.length > 0) print(`Not run, because this failed: ${missing.join(', ')}\n`);
    const tally = missing.length > 0 ? FAILED : await runStage(stage, run, output, print);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    if (tally.failed > 0) run.failed.add(stage.name);
    run.sum = add(run.sum, tally);
    const line = `${tally.failed > 0 ? '✖' : '✔'} ${stage.name.padEnd(14)} ${seconds.padStart(6)} s   ${tallyLine(tally)}`;
    run.report.set(stage.name, line);
    print(`${line}\n`);
  }
}

const FAILED: Tally = { ...NOTHING, failed: 1 };

/** @returns what was printed */
async function playQuietly(stages: readonly Stage[], run: Run): Promise<string> {
  let printed = '';
  await playSequence(stages, run, (text) => (printed += text));
  return printed;
}

async function runStage(stage: Stage, run: Run, output: Output, print: (text: string) => unknown): Promise<Tally> {
  try {
    return await stage.run(await run.scratch.folder(join('stages', stage.name)), output);
  } catch (error) {
    print(`${error instanceof Error ? error.message : String(error)}\n`);
    return FAILED;
  }
}
