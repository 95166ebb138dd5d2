// Where the suites are that mocha runs from here, and which of them run together, one after another or side by side.
import { join } from 'node:path';
import { projectRoot } from '../vscode-host/project-root.ts';
import type { SuiteFolder, SuiteGroup } from './mocha-runs.ts';

export const UNIT: SuiteFolder = { folder: join(projectRoot, 'test', 'unit'), suffix: '.test.ts' };
export const BROWSER: SuiteFolder = { folder: join(projectRoot, 'test', 'browser'), suffix: '.test.ts' };
export const JOURNEYS: SuiteFolder = { folder: join(projectRoot, 'test', 'journey'), suffix: '.journey.ts' };

/** In which order the suites of a folder are run. */
export interface SuiteOrder {
  /**
   * They measure sound as it is played and heard, or how soon something happens, and have the machine to themselves. The
   * others wait for events only, and may share it.
   */
  readonly alone: readonly string[];
  /** They share a browser, and so a process. */
  readonly together: readonly (readonly string[])[];
  /** They belong to another stage. */
  readonly elsewhere: readonly string[];
  /** Of the others those that take longest, which are begun first. */
  readonly longest: readonly string[];
}

export const BROWSER_ORDER: SuiteOrder = {
  alone: ['microphone', 'microphone-failures', 'page-background', 'page-devices', 'page-firefox', 'speaker', 'surface'],
  together: [
    ['view', 'sees', 'transcript', 'panel-theme'],
    ['appearance', 'page-appearance', 'composer', 'share-controls', 'still-intake'],
  ],
  elsewhere: [],
  longest: ['view', 'appearance'],
};

/** They try what the other journeys rest on. */
export const HARNESS_JOURNEYS = ['harness', 'harness-refused'];

export const JOURNEY_ORDER: SuiteOrder = {
  alone: ['page', 'voice', 'voice-processing'],
  together: [],
  elsewhere: HARNESS_JOURNEYS,
  longest: ['page-tab', 'picture', 'trouble', 'code', 'picture-page'],
};

/** The suites that may share the machine, as they are begun. */
export function sideBySide(order: SuiteOrder, all: readonly string[]): readonly SuiteGroup[] {
  const free = all.filter((name) => !order.alone.includes(name));
  const groups = order.together
    .map((suites) => suites.filter((name) => free.includes(name)))
    .filter((suites) => suites.length > 0);
  const single = free.filter((name) => !groups.some((suites) => suites.includes(name))).map((name) => [name]);
  const rank = ([first = '']: readonly string[]): number => {
    const place = order.longest.indexOf(first);
    return place < 0 ? order.longest.length : place;
  };
  return [...groups, ...single]
    .sort((one, other) => rank(one) - rank(other))
    .map((suites) => ({ name: suites.join(' + '), suites }));
}

/** Unit suites mostly wait, for timers and for servers of their own: in three processes they take half as long. */
export function unitGroups(all: readonly string[]): readonly SuiteGroup[] {
  const own = ['live-server', 'live'];
  const folderOf = (suite: string): string => suite.split('/')[0] ?? '';
  const groups = own.map((name) => ({ name, suites: all.filter((suite) => folderOf(suite) === name) }));
  return [...groups, { name: 'other', suites: all.filter((suite) => !own.includes(folderOf(suite))) }];
}
