// `npm run check`: types, lint, format and units side by side, in about a minute on two idle cores.
import { runCheck } from '../../run-all/check.ts';

try {
  process.exitCode = (await runCheck()) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
