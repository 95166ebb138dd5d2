import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { findFirefox } from '../browser/firefox.ts';
import { buildWebBundleIn, WEB_BUNDLE_VARIABLE } from '../browser/preview/web-bundle.ts';
import { ensurePulseAudio } from '../browser/sound-server.ts';
import { ensureXvfb } from '../browser/virtual-display.ts';
import { buildPackage } from '../setup/package-vsix.ts';
import { ensureReadingPrograms } from '../sight/reading-programs.ts';
import { GROUP_NAMES } from '../extension/suite-groups.ts';
import { findChromium } from '../vscode-host/chromium.ts';
import { installVsCode } from '../vscode-host/install.ts';
import { harnessState, hasPassed, notePassed } from './harness-state.ts';
import { runSideBySide, runTogether, suitesIn, type SuiteFolder } from './mocha-runs.ts';
import { tool } from './programs.ts';
import { runNode, type Output } from './stage-process.ts';
import {
  BROWSER,
  BROWSER_ORDER,
  HARNESS_JOURNEYS,
  JOURNEY_ORDER,
  JOURNEYS,
  sideBySide,
  UNIT,
  unitGroups,
  type SuiteOrder,
} from './suite-order.ts';
import { add, NOTHING, readTally, TALLY_FILE_VARIABLE, type Tally } from './tally.ts';

/** One step of `npm test`. */
export interface Stage {
  /** Said on the command line to run it alone. */
  readonly name: string;
  /** Stages whose failure makes this one pointless. */
  readonly needs: readonly string[];
  /** @param scratch absolute path of an empty folder */
  run(scratch: string, output: Output): Promise<Tally>;
}

/** Each keeps a core busy. With three journeys on two cores all took 13 % less, and waits for 30 s were seen to run out. */
const AT_ONCE = Math.min(4, availableParallelism());

/** One that keeps a core busy and lets the suites beside it go first. */
function check(name: string, args: readonly string[]): Stage {
  return { name, needs: [], run: async (_, output) => asTally((await runNode(args, { output, yields: true })) === 0) };
}

/** What the compiler found out last time is used again where the files are still the same, by their content. */
function types(name: string, project: string): Stage {
  const seen = ['--incremental', '--tsBuildInfoFile', join('out', 'check', `${name}.tsbuildinfo`)];
  return check(name, [tool('typescript', 'bin/tsc'), '-p', project, ...seen]);
}

/** Two windows side by side: the suites inside them mostly wait for VS Code. */
async function extensionSuites(scratch: string): Promise<Tally> {
  const tallies = await Promise.all(
    GROUP_NAMES.map(async (name) => {
      const tallyFile = join(scratch, `${name}.json`);
      let printed = '';
      const status = await runNode(['test/extension/run.ts', `--group=${name}`], {
        env: { [TALLY_FILE_VARIABLE]: tallyFile },
        output: (text) => (printed += text),
      });
      process.stdout.write(printed);
      return readTally(tallyFile, status);
    }),
  );
  return tallies.reduce(add, NOTHING);
}

/** The journeys that try the test tools themselves; not again where these very tools have passed here before. */
async function harnessJourneys(scratch: string): Promise<Tally> {
  const state = await harnessState();
  if (await hasPassed(state)) {
    console.log('Not run: the test tools are as they were when these passed last.');
    return NOTHING;
  }
  const tally = await runTogether(JOURNEYS, HARNESS_JOURNEYS, scratch);
  if (tally.failed === 0) await notePassed(state);
  return tally;
}

/** Those that want the machine to themselves one after another, then the others side by side. */
async function aloneThenSideBySide(folder: SuiteFolder, order: SuiteOrder, scratch: string): Promise<Tally> {
  const all = (await suitesIn(folder)).filter((name) => !order.elsewhere.includes(name));
  const alone = order.alone.filter((name) => all.includes(name));
  const together = alone.length === 0 ? NOTHING : await runTogether(folder, alone, scratch);
  return add(together, await runSideBySide(folder, sideBySide(order, all), AT_ONCE, scratch));
}

async function browserSuites(scratch: string): Promise<Tally> {
  // The suites inherit it.
  process.env[WEB_BUNDLE_VARIABLE] = await buildWebBundleIn(join(scratch, 'bundle'));
  return aloneThenSideBySide(BROWSER, BROWSER_ORDER, scratch);
}

function asTally(passed: boolean): Tally {
  return passed ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 };
}

const PRETTIER_CACHE = ['--cache', '--cache-strategy', 'content', '--cache-location', join('out', 'check', 'prettier')];

/** Everything with TypeScript in it. */
const CRUISED = ['src', 'webview', 'test', 'bench'];

export const STATIC: readonly Stage[] = [
  // Without a cache: what its rules say of a file rests on the types of others, which a cache by file does not see.
  check('lint', [tool('eslint', 'bin/eslint.js'), '.']),
  check('imports', [tool('dependency-cruiser', 'bin/dependency-cruiser.mjs'), '--output-type', 'err', ...CRUISED]),
  check('format', [tool('prettier', 'bin/prettier.cjs'), '--check', '--log-level', 'warn', ...PRETTIER_CACHE, '.']),
  types('types', 'tsconfig.json'),
  types('types-webview', 'tsconfig.webview.json'),
  types('types-worklet', 'tsconfig.worklet.json'),
];

const BUILD = check('build', ['esbuild.mjs']);

export const UNIT_STAGE: Stage = {
  name: 'unit',
  needs: [],
  async run(scratch, output) {
    const groups = unitGroups(await suitesIn(UNIT));
    return runSideBySide(UNIT, groups, groups.length, scratch, output === 'through' ? undefined : output);
  },
};

const IN_PROGRAMS: readonly Stage[] = [
  { name: 'browser', needs: ['build'], run: (scratch) => browserSuites(scratch) },
  { name: 'extension', needs: ['build'], run: extensionSuites },
  {
    name: 'package',
    needs: ['build'],
    async run() {
      console.log(await buildPackage());
      return asTally(true);
    },
  },
  { name: 'harness', needs: [], run: harnessJourneys },
  { name: 'journeys', needs: ['package'], run: (scratch) => aloneThenSideBySide(JOURNEYS, JOURNEY_ORDER, scratch) },
];

/** What is run side by side (each a sequence of its own) before the next begins. In the order in which it is worth knowing. */
export const STEPS: readonly (readonly (readonly Stage[])[])[] = [[[UNIT_STAGE], [...STATIC, BUILD]], [IN_PROGRAMS]];

export const STAGES: readonly Stage[] = STEPS.flat(2);

/** Puts in place what is missing here, before the suites, whose time-outs are not made for installing. */
export async function prepare(stages: readonly Stage[]): Promise<void> {
  const needs = (...names: readonly string[]): boolean => stages.some(({ name }) => names.includes(name));
  if (needs('unit', 'browser', 'extension', 'harness', 'journeys')) findChromium((line) => console.log(line));
  if (needs('unit', 'browser', 'journeys')) ensureReadingPrograms();
  if (needs('browser')) {
    findFirefox();
    if (process.platform === 'linux') {
      ensurePulseAudio();
      ensureXvfb();
    }
  }
  if (needs('extension', 'harness', 'journeys')) await installVsCode((line) => console.log(line));
}
