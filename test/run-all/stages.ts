import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { findFirefox } from '../browser/firefox.ts';
import { ensurePulseAudio } from '../browser/sound-server.ts';
import { ensureXvfb } from '../browser/virtual-display.ts';
import { buildPackage } from '../setup/package-vsix.ts';
import { ensureReadingPrograms } from '../sight/reading-programs.ts';
import { findChromium } from '../vscode-host/chromium.ts';
import { installVsCode } from '../vscode-host/install.ts';
import { projectRoot } from '../vscode-host/project-root.ts';
import { runSideBySide, runTogether, suitesIn, type SuiteFolder } from './mocha-runs.ts';
import { mochaProgram, reporterPath, tool } from './programs.ts';
import { runNode, type Output } from './stage-process.ts';
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

export const JOURNEYS: SuiteFolder = { folder: join(projectRoot, 'test', 'journey'), suffix: '.journey.ts' };
const BROWSER: SuiteFolder = { folder: join(projectRoot, 'test', 'browser'), suffix: '.test.ts' };

/**
 * Suites that measure sound as it is played and heard, or how soon something happens: they have the machine to themselves.
 * The others wait for events only, and may share it.
 */
const ALONE: Readonly<Record<'browser' | 'journeys', readonly string[]>> = {
  browser: [
    'microphone',
    'microphone-failures',
    'page-background',
    'page-devices',
    'page-firefox',
    'speaker',
    'surface',
  ],
  journeys: ['harness', 'page', 'voice', 'voice-processing'],
};
/** Of the others those that take longest, which are begun first. */
const LONGEST = ['picture', 'picture-page', 'code', 'trouble', 'page-tab'];

/** Each keeps a core busy. With three journeys on two cores all took 13 % less, and waits for 30 s were seen to run out. */
const AT_ONCE = Math.min(4, availableParallelism());

function check(name: string, args: readonly string[], needs: readonly string[] = []): Stage {
  return { name, needs, run: async (_, output) => asTally((await runNode(args, {}, output)) === 0) };
}

/** A program that leaves a tally of its suites. */
async function suites(args: readonly string[], scratch: string, output: Output): Promise<Tally> {
  const tallyFile = join(scratch, 'tally.json');
  return readTally(tallyFile, await runNode(args, { [TALLY_FILE_VARIABLE]: tallyFile }, output));
}

/** Those that want the machine to themselves one after another, then the others side by side. */
async function aloneThenSideBySide(folder: SuiteFolder, kind: 'browser' | 'journeys', scratch: string): Promise<Tally> {
  const alone = ALONE[kind];
  const all = await suitesIn(folder);
  const first = alone.filter((name) => all.includes(name));
  const others = all.filter((name) => !alone.includes(name));
  const ordered = [
    ...LONGEST.filter((name) => others.includes(name)),
    ...others.filter((name) => !LONGEST.includes(name)),
  ];
  const together = first.length === 0 ? NOTHING : await runTogether(folder, first, scratch);
  return add(together, await runSideBySide(folder, ordered, AT_ONCE, scratch));
}

function asTally(passed: boolean): Tally {
  return passed ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 };
}

const STATIC: readonly Stage[] = [
  check('lint', [tool('eslint', 'bin/eslint.js'), '.']),
  check('format', [tool('prettier', 'bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']),
  check('types', [tool('typescript', 'bin/tsc'), '-p', 'tsconfig.json']),
  check('types-webview', [tool('typescript', 'bin/tsc'), '-p', 'tsconfig.webview.json']),
  check('types-worklet', [tool('typescript', 'bin/tsc'), '-p', 'tsconfig.worklet.json']),
  check('build', ['esbuild.mjs']),
];

const UNIT: Stage = {
  name: 'unit',
  needs: [],
  run: (scratch, output) =>
    suites([...mochaProgram, '--config', 'test/unit/.mocharc.json', ...reporterPath], scratch, output),
};

const IN_PROGRAMS: readonly Stage[] = [
  { name: 'browser', needs: ['build'], run: (scratch) => aloneThenSideBySide(BROWSER, 'browser', scratch) },
  { name: 'extension', needs: ['build'], run: (scratch, output) => suites(['test/extension/run.ts'], scratch, output) },
  {
    name: 'package',
    needs: ['build'],
    async run() {
      console.log(await buildPackage());
      return asTally(true);
    },
  },
  { name: 'journeys', needs: ['package'], run: (scratch) => aloneThenSideBySide(JOURNEYS, 'journeys', scratch) },
];

/** What is run side by side (each a sequence of its own) before the next begins. In the order in which it is worth knowing. */
export const STEPS: readonly (readonly (readonly Stage[])[])[] = [[[UNIT], STATIC], [IN_PROGRAMS]];

export const STAGES: readonly Stage[] = STEPS.flat(2);

/** Puts in place what is missing here, before the suites, whose time-outs are not made for installing. */
export async function prepare(stages: readonly Stage[]): Promise<void> {
  const needs = (...names: readonly string[]): boolean => stages.some(({ name }) => names.includes(name));
  if (needs('unit', 'browser', 'extension', 'journeys')) findChromium((line) => console.log(line));
  if (needs('unit', 'browser', 'journeys')) ensureReadingPrograms();
  if (needs('browser')) {
    findFirefox();
    if (process.platform === 'linux') {
      ensurePulseAudio();
      ensureXvfb();
    }
  }
  if (needs('extension', 'journeys')) await installVsCode((line) => console.log(line));
}
