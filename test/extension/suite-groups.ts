/** Suites that are run in one window, and what is open there. */
export interface SuiteGroup {
  readonly name: GroupName;
  readonly workspace: 'sample-workspace' | 'sample-project';
  readonly files: readonly string[];
}

export const GROUP_NAMES = ['tools', 'talk'] as const;
export type GroupName = (typeof GROUP_NAMES)[number];

/** Tools and context need a project of real size, with things in it that must not leave it. */
const IN_SAMPLE_PROJECT = /^(tools|context)\b/;

/**
 * @param files of test/extension, by name
 * @param only the name of one group; undefined for all
 */
export function suiteGroups(files: readonly string[], only?: string): readonly SuiteGroup[] {
  const inProject = files.filter((file) => IN_SAMPLE_PROJECT.test(file));
  const others = files.filter((file) => !IN_SAMPLE_PROJECT.test(file));
  const groups: readonly SuiteGroup[] = [
    { name: 'talk', workspace: 'sample-workspace', files: others },
    { name: 'tools', workspace: 'sample-project', files: inProject },
  ];
  return groups.filter(({ name, files: own }) => own.length > 0 && (only === undefined || only === name));
}
