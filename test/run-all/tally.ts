import { readFile } from 'node:fs/promises';

/** How many tests, or stages that count as one, ended how. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Names the file in which a mocha run, wherever it runs, leaves its tally. */
export const TALLY_FILE_VARIABLE = 'TALKTHROUGH_TALLY_FILE';

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0 };

export function add(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

/**
 * Reads the tally of a run of suites and holds it against how its process ended: a run that crashed, that left no
 * tally or that ran nothing has failed, whatever it counted.
 */
export async function readTally(file: string, exitCode: number | string): Promise<Tally> {
  const counted = parse(await readFile(file, 'utf8').catch(() => ''));
  if (counted === undefined) return { ...NOTHING, failed: 1 };
  const ranNothing = counted.passed + counted.failed === 0;
  const endedBadly = exitCode !== 0 && counted.failed === 0;
  return ranNothing || endedBadly ? { ...counted, failed: counted.failed + 1 } : counted;
}

function parse(text: string): Tally | undefined {
  if (text === '') return undefined;
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const count = (name: string): number => {
    const found: unknown = Reflect.get(value, name);
    return typeof found === 'number' ? found : 0;
  };
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

/** The line that closes a run, for people and for machines. */
export function tallyLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
