/** Variables that would let this machine's own set-up decide what a test sees. */
const LEFT_OUT =
  /^(GEMINI_|GOOGLE_|CLOUDSDK_|GCLOUD_|VSCODE_|CODE_SERVER|ELECTRON_|XDG_|NODE_OPTIONS$|TMPDIR$|TEMP$|TMP$)/;

/**
 * The environment of a VS Code under test: this process's, without anything that names accounts, keys or another
 * VS Code, and with its temporary files inside `temporaryFolder` (so that removing that folder leaves nothing behind).
 */
export function testEnvironment(
  temporaryFolder: string,
  additions: Readonly<Record<string, string>>,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !LEFT_OUT.test(name)) environment[name] = value;
  }
  const inside = { TMPDIR: temporaryFolder, TEMP: temporaryFolder, TMP: temporaryFolder };
  // No extension gallery: tests talk to this machine only.
  return { ...environment, ...inside, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...additions };
}
