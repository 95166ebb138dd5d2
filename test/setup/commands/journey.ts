// `npm run journey [-- name …]`: plays journeys in a real VS Code, all of them or those named; `page` is also `page-tab`.
import { join } from 'node:path';
import { runTogether, suitesIn } from '../../run-all/mocha-runs.ts';
import { JOURNEYS } from '../../run-all/suite-order.ts';
import { ensureReadingPrograms } from '../../sight/reading-programs.ts';
import { goFirst } from '../../vscode-host/audio-priority.ts';
import { makeScratchFolder } from '../../vscode-host/scratch-folder.ts';
import { buildPackage } from '../package-vsix.ts';

goFirst();
const known = await suitesIn(JOURNEYS);
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`No journey is called ${unknown.join(', ')}. There are ${known.join(', ')}.`);
  process.exitCode = 1;
} else {
  const isWanted = (suite: string): boolean => wanted.some((name) => suite === name || suite.startsWith(`${name}-`));
  const played = wanted.length === 0 ? known : known.filter(isWanted);
  console.log(await buildPackage());
  if (played.some((name) => name.startsWith('picture'))) ensureReadingPrograms();
  const scratch = await makeScratchFolder();
  const { failed } = await runTogether(JOURNEYS, played, scratch.path);
  await scratch.dispose();
  console.log(`Screenshots are in ${join(JOURNEYS.folder, 'screenshots')}`);
  process.exitCode = failed === 0 ? 0 : 1;
}
