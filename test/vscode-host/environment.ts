/** Variables by which another VS Code, or the Node around us, would have a say. */
const OF_OTHERS = /^(VSCODE_|CODE_SERVER|ELECTRON_|NODE_OPTIONS$|TMPDIR$|TEMP$|TMP$)/;

/** Variables that would let this machine's own set-up decide what a test sees. */
const OF_THIS_MACHINE = /^(GEMINI_|GOOGLE_|CLOUDSDK_|GCLOUD_|XDG_)/;

/**
 * The environment of a program under test: this process's, without anything that names accounts, keys or another
 * VS Code, and with its temporary files inside `temporaryFolder` (so that removing that folder leaves nothing behind).
 */
export function testEnvironment(
  temporaryFolder: string,
  additions: Readonly<Record<string, string>>,
): Record<string, string> {
  return environment(temporaryFolder, additions, (name) => !OF_OTHERS.test(name) && !OF_THIS_MACHINE.test(name));
}

/** The same for a program that a person uses: with their own display, sound and cloud credentials. */
export function personalEnvironment(
  temporaryFolder: string,
  additions: Readonly<Record<string, string>>,
): Record<string, string> {
  return environment(temporaryFolder, additions, (name) => !OF_OTHERS.test(name));
}

function environment(
  temporaryFolder: string,
  additions: Readonly<Record<string, string>>,
  keep: (name: string) => boolean,
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && keep(name)) kept[name] = value;
  }
  const inside = { TMPDIR: temporaryFolder, TEMP: temporaryFolder, TMP: temporaryFolder };
  // No extension gallery: tests talk to this machine only.
  return { ...kept, ...inside, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...additions };
}
