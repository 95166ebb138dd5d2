import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** What the compiler says of a file that stands in `src/surface`, with the project's own options. */
function complaints(source: string): readonly string[] {
  const path = join(root, 'src', 'surface', 'snippet.ts');
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (name) => ts.sys.readFile(name)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const fileExists = host.fileExists.bind(host);
  const readFile = host.readFile.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.fileExists = (name) => name === path || fileExists(name);
  host.readFile = (name) => (name === path ? source : readFile(name));
  host.getSourceFile = (name, ...rest) =>
    name === path ? ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true) : getSourceFile(name, ...rest);
  const program = ts.createProgram([path], { ...options, types: ['node'], noUnusedLocals: false }, host);
  const file = program.getSourceFile(path);
  assert.ok(file !== undefined);
  return program
    .getSemanticDiagnostics(file)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

const IMPORTS = `
import type { FromSurface } from '../protocol/messages.ts';
import type { SurfaceHub } from './hub.ts';
import type { Receivers } from '../../webview/channel/incoming.ts';
declare const hub: SurfaceHub;
declare function post(message: FromSurface): void;
`;

describe('the types of the protocol', function () {
  this.timeout(60_000);

  it('let through what has a schema', () => {
    const fine = `
      post({ type: 'speakerLocked', locked: true });
      hub.on('speakerLocked', ({ locked }) => void locked);
      hub.postToMedia({ type: 'speaker', muted: true });
      export const receivers: Partial<Receivers> = { speaker: ({ muted }) => void muted };`;
    assert.deepEqual(complaints(IMPORTS + fine), []);
  });

  const refused: readonly (readonly [string, string, RegExp])[] = [
    ['a message that has no schema', `post({ type: 'volume', level: 1 });`, /'"volume"' is not assignable/],
    ['a receiver of one', `hub.on('volume', () => undefined);`, /'"volume"' is not assignable/],
    [
      'a field that its schema has not',
      `post({ type: 'speakerLocked', locked: true, by: 'browser' });`,
      /'by' does not exist/,
    ],
    ['a message without a field of its schema', `post({ type: 'speakerLocked' });`, /'locked' is missing/],
    [
      'a message to surfaces that is in no table',
      `hub.broadcast({ type: 'volume', level: 1 });`,
      /'"volume"' is not assignable/,
    ],
    [
      'a surface that forgets a message',
      `declare const most: Omit<Receivers, 'flush'>; export const all: Receivers = most;`,
      /'flush' is missing/,
    ],
  ];
  for (const [what, source, why] of refused) {
    it(`do not compile with ${what}`, () => {
      const found = complaints(`${IMPORTS}${source} export {};`);
      assert.equal(found.length, 1, found.join('\n'));
      assert.match(found[0] ?? '', why);
    });
  }
});
