// `npm start`: Talkthrough in a real VS Code with a sample workspace, for trying it out; stays until Ctrl+C.
// `npm start -- --headless`: plays the voice journey instead and says how it went.
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTogether } from '../../run-all/mocha-runs.ts';
import { JOURNEYS } from '../../run-all/suite-order.ts';
import { installVsCode } from '../../vscode-host/install.ts';
import { projectRoot } from '../../vscode-host/project-root.ts';
import { ensureReadingPrograms } from '../../sight/reading-programs.ts';
import { makeScratchFolder } from '../../vscode-host/scratch-folder.ts';
import { startWorkbench } from '../../vscode-host/workbench.ts';
import { startLocalLiveServer } from '../local-live-server.ts';
import { buildPackage, packageFile } from '../package-vsix.ts';
import { hasDisplay, openBrowserWindow } from '../browser-window.ts';

const { values } = parseArgs({ options: { headless: { type: 'boolean', default: false } } });

try {
  await installVsCode((line) => console.log(line));
  console.log(await buildPackage());
  if (values.headless) process.exitCode = await playVoiceJourney();
  else await stayOpen();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function playVoiceJourney(): Promise<number> {
  const scratch = await makeScratchFolder();
  const { failed } = await runTogether(JOURNEYS, ['voice'], scratch.path);
  await scratch.dispose();
  console.log(`Screenshots are in ${join(JOURNEYS.folder, 'screenshots', 'voice')}`);
  return failed === 0 ? 0 : 1;
}

async function stayOpen(): Promise<void> {
  const scratch = await makeScratchFolder();
  const folder = join(await scratch.folder('workspace'), 'corner-shop');
  await cp(join(projectRoot, 'test', 'sample-workspace'), folder, { recursive: true });

  const withGoogle = (process.env['GEMINI_API_KEY'] ?? '') !== '';
  if (!withGoogle) prepareReading();
  const live = withGoogle ? undefined : await startLocalLiveServer(join(scratch.path, 'live-server.log'));
  const workbench = await startWorkbench({
    folder,
    extensions: [packageFile],
    settings: {
      'workbench.startupEditor': 'readme',
      ...(live === undefined ? {} : { 'talkthrough.baseUrl': live.baseUrl }),
    },
    home: 'own',
  });

  const answerer =
    live === undefined
      ? 'It talks to Google. When it asks for a Gemini API key, paste your own.'
      : `It talks to a stand-in for Gemini on this machine, because GEMINI_API_KEY is not set.\nWhen it asks for a Gemini API key, paste this one: ${live.key}`;
  console.log(`\nVS Code with Talkthrough: ${workbench.address}\n${answerer}`);
  console.log('There: F1, then "Talkthrough: Start Live Session".\nCtrl+C here ends everything.\n');
  if (hasDisplay()) await openBrowserWindow(workbench.address, await scratch.folder('browser'));

  // What was started is ended by the handlers for Ctrl+C; until then only a failure ends the wait.
  const failed = await Promise.race([
    workbench.ended.then((status) => `VS Code ended (${status}).\n${workbench.lastLines()}`),
    ...(live === undefined ? [] : [live.ended.then((status) => `The local Live server ended (${status}).`)]),
  ]);
  throw new Error(failed);
}

/** The stand-in reads what it is shown where it can. */
function prepareReading(): void {
  try {
    ensureReadingPrograms();
  } catch (error) {
    console.log(`${error instanceof Error ? error.message : String(error)} Everything else works without.`);
  }
}
