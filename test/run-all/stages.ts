import { findFirefox } from '../browser/firefox.ts';
import { ensurePulseAudio } from '../browser/sound-server.ts';
import { findChromium } from '../vscode-host/chromium.ts';
import { installVsCode } from '../vscode-host/install.ts';
import { buildPackage } from '../setup/package-vsix.ts';
import { runNode } from './stage-process.ts';
import { mocha, reporterPath, tool } from './programs.ts';

/** One step of `npm test`. */
export interface Stage {
  /** Said on the command line to run it alone. */
  readonly name: string;
  /** Stages whose failure makes this one pointless. */
  readonly needs: readonly string[];
  /** `suites` leaves a tally of its tests; `check` counts as one. */
  readonly kind: 'check' | 'suites';
  /** Resolves with the exit code, or a reason. `env` is for the programs it starts. */
  run(env: Readonly<Record<string, string>>): Promise<number | string>;
}

const types = (name: string, config: string): Stage => ({
  name,
  needs: [],
  kind: 'check',
  run: () => runNode([tool('typescript', 'bin/tsc'), '-p', config]),
});

/** Everything there is to check, in the order in which it is worth knowing. */
export const STAGES: readonly Stage[] = [
  { name: 'lint', needs: [], kind: 'check', run: () => runNode([tool('eslint', 'bin/eslint.js'), '.']) },
  {
    name: 'format',
    needs: [],
    kind: 'check',
    run: () => runNode([tool('prettier', 'bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']),
  },
  types('types', 'tsconfig.json'),
  types('types-webview', 'tsconfig.webview.json'),
  types('types-worklet', 'tsconfig.worklet.json'),
  { name: 'build', needs: [], kind: 'check', run: () => runNode(['esbuild.mjs']) },
  {
    name: 'unit',
    needs: [],
    kind: 'suites',
    run: (env) => runNode([...mocha('test/unit/.mocharc.json'), ...reporterPath], env),
  },
  {
    name: 'browser',
    needs: ['build'],
    kind: 'suites',
    run(env) {
      // Before the suites, whose time-outs are not made for installing.
      findChromium((line) => console.log(line));
      findFirefox();
      if (process.platform === 'linux') ensurePulseAudio();
      return runNode([...mocha('test/browser/.mocharc.json'), ...reporterPath], env);
    },
  },
  {
    name: 'extension',
    needs: ['build'],
    kind: 'suites',
    async run(env) {
      await installVsCode((line) => console.log(line));
      return runNode(['test/extension/run.ts'], env);
    },
  },
  {
    name: 'package',
    needs: ['build'],
    kind: 'check',
    async run() {
      console.log(await buildPackage());
      return 0;
    },
  },
  {
    name: 'journeys',
    needs: ['package'],
    kind: 'suites',
    run: (env) => runNode([...mocha('test/journey/.mocharc.json'), ...reporterPath, 'test/journey/*.journey.ts'], env),
  },
];
