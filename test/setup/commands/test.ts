// `npm test [-- stage …]`: everything there is to check, or the stages named.
import { runAll } from '../../run-all/run-all.ts';
import { goFirst } from '../../vscode-host/audio-priority.ts';

goFirst();
try {
  process.exitCode = (await runAll(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
