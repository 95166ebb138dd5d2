import Mocha from 'mocha';
import TallyReporter from '../run-all/tally-reporter.ts';

/** A test may start a server and wait for a whole spoken turn. */
const TEST_TIMEOUT_MS = 60_000;

/**
 * Runs suites inside VS Code's extension host.
 *
 * @param suites each loads one test file; called in order, once mocha's globals stand
 * @throws when a test failed
 */
export async function runSuites(suites: readonly (() => Promise<unknown>)[]): Promise<void> {
  const color = process.env['FORCE_COLOR'] === '1';
  const mocha = new Mocha({ ui: 'bdd', color, timeout: TEST_TIMEOUT_MS, reporter: TallyReporter });
  mocha.suite.emit('pre-require', globalThis, 'inside VS Code', mocha);
  for (const load of suites) await load();
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve);
  });
  if (failures > 0) throw new Error(`${failures} failed inside VS Code`);
}
