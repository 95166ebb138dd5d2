/** Suites that are run in one window, and what is open there. */
export interface SuiteGroup {
  readonly name: string;
  readonly workspace: 'sample-workspace' | 'sample-project';
  readonly files: readonly string[];
}

/** Tools and context need a project of real size, with things in it that must not leave it. */
const IN_SAMPLE_PROJECT = /^(tools|context)\b/;

/** @param files of test/extension, by name */
export function suiteGroups(files: readonly string[]): readonly SuiteGroup[] {
  const inProject = files.filter((file) => IN_SAMPLE_PROJECT.test(file));
  const others = files.filter((file) => !IN_SAMPLE_PROJECT.test(file));
  const groups: readonly SuiteGroup[] = [
    { name: 'talk', workspace: 'sample-workspace', files: others },
    { name: 'tools', workspace: 'sample-project', files: inProject },
  ];
  return groups.filter((group) => group.files.length > 0);
}
