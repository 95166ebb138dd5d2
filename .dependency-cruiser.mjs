/**
 * Which folder may import which. `npm run lint` holds the code to it, counting `import type` too.
 *
 * A folder of src may import the floors below its own, and `extension.ts`, which builds everything, all of them. Folders on
 * one floor know nothing of each other.
 */
const FLOORS = [
  ['protocol'],
  ['settings', 'problems'],
  ['gate', 'live'],
  ['credentials', 'editor', 'documents', 'conversations', 'surface'],
  ['tools', 'talk'],
  ['ui'],
];

/** Folders that know nothing of VS Code, so that they run and are tested without it. */
const WITHOUT_VSCODE = ['protocol', 'problems', 'live'];

/** The one import within a floor: a session declares the tools to the model and answers its calls with them. */
const BESIDE = { talk: ['tools'] };

const upward = FLOORS.flatMap((floor, index) =>
  floor.map((folder) => {
    const allowed = [folder, ...FLOORS.slice(0, index).flat(), ...(BESIDE[folder] ?? [])];
    return {
      name: `${folder}-imports-lower-floors-only`,
      comment: `src/${folder} may import ${allowed.slice(1).join(', ') || 'no other folder'}.`,
      severity: 'error',
      from: { path: `^src/${folder}/` },
      to: { path: '^(src|webview|test|bench)/', pathNot: `^src/(${allowed.join('|')})/` },
    };
  }),
);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...upward,
    {
      name: 'every-folder-has-a-floor',
      comment: 'A new folder of src has to be put on a floor in .dependency-cruiser.mjs.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${FLOORS.flat().join('|')})/` },
      to: {},
    },
    {
      name: 'product-imports-no-tests',
      severity: 'error',
      from: { path: '^(src|webview)/' },
      to: { path: '^(test|bench|build)/' },
    },
    {
      name: 'webview-imports-the-protocol-only',
      comment: 'The webview runs in a browser. What it shares with the extension host stands in src/protocol.',
      severity: 'error',
      from: { path: '^webview/' },
      to: { path: '^src/', pathNot: '^src/protocol/' },
    },
    {
      name: 'plain-of-vscode',
      severity: 'error',
      from: { path: `^src/(${WITHOUT_VSCODE.join('|')})/` },
      to: { path: '^vscode$' },
    },
    {
      name: 'protocol-imports-its-schema-library-only',
      severity: 'error',
      from: { path: '^src/protocol/' },
      to: { pathNot: '^(src/protocol/|node_modules/zod/)' },
    },
    {
      name: 'no-cycle',
      comment: 'Files that import each other, also by types, cannot be read or tested one by one.',
      severity: 'error',
      from: { path: '^(src|webview|test|bench)/' },
      to: { circular: true },
    },
    {
      name: 'import-exists',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(vscode|electron)$' },
    },
  ],
  options: {
    // Types count: a cycle that only types close ties files together just the same.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
