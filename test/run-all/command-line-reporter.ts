import type Mocha from 'mocha';
import TallyReporter from './tally-reporter.ts';

/** How long sockets and timers may take to close after the last test. */
const CLOSING_MS = 15_000;

/** For mocha runs that are processes of their own: one whose tests left something open fails instead of hanging. */
export default class CommandLineReporter extends TallyReporter {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    runner.once('end', () => {
      const timer = setTimeout(() => {
        const open = process.getActiveResourcesInfo().join(', ');
        console.error(`The tests have ended, but what they opened keeps the process alive: ${open}`);
        // Mocha sets the exit code by the number of failures when the process exits; this comes after it.
        process.on('exit', () => {
          process.exitCode = 1;
        });
        process.exit();
      }, CLOSING_MS);
      // Alone it keeps nothing alive: it only fires when something else does.
      timer.unref();
    });
  }
}
