/**
 * How the house is built, counted from the sources of src and webview: sizes of files, who imports whom, and functions that
 * are handed in. `npx node bench/structure.ts src/live` also lists what counts against that folder.
 *
 * Goals: 3.0 injected functions per 1,000 lines, 42 % of files with one importer, a median file of 60 to 100 lines and none
 * over 300, no import cycle, `src/live` seven imports deep. Exit code 1 when one is missed.
 */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { projectRoot } from '../test/vscode-host/project-root.ts';

const GOALS = { injectedPerKloc: 3.0, oneImporterPercent: 42, medianLines: [60, 100], maxLines: 300, liveFloors: 7 };
/** A file shorter than this with one importer is a crumb, unless it has a test of its own. */
const CRUMB_LINES = 40;

interface SourceFile {
  /** Relative to the project. */
  readonly path: string;
  readonly lines: number;
  readonly source: ts.SourceFile;
  /** Paths of the project's own files that it imports, types included. */
  readonly imports: ReadonlySet<string>;
}

interface Injected {
  readonly path: string;
  readonly line: number;
  readonly name: string;
}

const folder = process.argv[2];
const files = readSources();
const importers = new Map([...files.keys()].map((path) => [path, importersOf(path)]));
const injected = injectedFunctions();
process.exitCode = report() ? 0 : 1;

function readSources(): ReadonlyMap<string, SourceFile> {
  const paths = globSync('{src,webview}/**/*.ts', { cwd: projectRoot }).sort();
  return new Map(
    paths.map((path) => {
      const text = readFileSync(join(projectRoot, path), 'utf8');
      const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
      return [path, { path, lines: text.split('\n').length - 1, source, imports: importsOf(path, text, paths) }];
    }),
  );
}

function importsOf(path: string, text: string, known: readonly string[]): ReadonlySet<string> {
  const named = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  const targets = named.filter((name) => name.startsWith('.')).map((name) => normalize(join(dirname(path), name)));
  return new Set(targets.filter((target) => known.includes(target)));
}

function importersOf(path: string): readonly string[] {
  return [...files.values()].filter(({ imports }) => imports.has(path)).map((file) => file.path);
}

/**
 * Properties of function type in interfaces and object types, and constructor parameters of function type. Methods of an
 * interface do not count: a class implements those.
 */
function injectedFunctions(): readonly Injected[] {
  const sources = [...files.values()];
  const functionAliases = new Set(
    sources
      .flatMap(({ source }) =>
        source.statements.filter(ts.isTypeAliasDeclaration).filter(({ type }) => ts.isFunctionTypeNode(type)),
      )
      .map(({ name }) => name.text),
  );
  const isFunction = (type: ts.TypeNode | undefined): boolean => {
    if (type === undefined) return false;
    if (ts.isParenthesizedTypeNode(type)) return isFunction(type.type);
    if (ts.isUnionTypeNode(type)) return type.types.some(isFunction);
    if (ts.isTypeReferenceNode(type)) return ts.isIdentifier(type.typeName) && functionAliases.has(type.typeName.text);
    return ts.isFunctionTypeNode(type);
  };
  const found: Injected[] = [];
  for (const { path, source } of sources) {
    const note = (node: ts.Node, name: string): void => {
      found.push({ path, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, name });
    };
    const visit = (node: ts.Node): void => {
      if (ts.isPropertySignature(node) && isFunction(node.type)) note(node, node.name.getText());
      if (ts.isConstructorDeclaration(node)) {
        for (const parameter of node.parameters)
          if (isFunction(parameter.type)) note(parameter, parameter.name.getText());
      }
      node.forEachChild(visit);
    };
    visit(source);
  }
  return found;
}

/** Groups of files that import each other, by Tarjan's algorithm. */
function cycles(): readonly (readonly string[])[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const groups: string[][] = [];
  const visit = (path: string): number => {
    const own = index.size;
    index.set(path, own);
    low.set(path, own);
    stack.push(path);
    let lowest = own;
    for (const next of files.get(path)?.imports ?? []) {
      if (!index.has(next)) lowest = Math.min(lowest, visit(next));
      else if (stack.includes(next)) lowest = Math.min(lowest, index.get(next) ?? own);
    }
    if (lowest === own) {
      const group = stack.splice(stack.indexOf(path));
      if (group.length > 1) groups.push(group);
    }
    return lowest;
  };
  for (const path of files.keys()) if (!index.has(path)) visit(path);
  return groups;
}

/** The longest chain of imports inside a folder, in files. */
function floors(inside: string): number {
  const known = new Map<string, number>();
  const height = (path: string, above: readonly string[]): number => {
    const seen = known.get(path);
    if (seen !== undefined) return seen;
    const below = [...(files.get(path)?.imports ?? [])].filter(
      (next) => next.startsWith(inside) && !above.includes(next),
    );
    const own = 1 + Math.max(0, ...below.map((next) => height(next, [...above, path])));
    known.set(path, own);
    return own;
  };
  return Math.max(0, ...[...files.keys()].filter((path) => path.startsWith(inside)).map((path) => height(path, [])));
}

function commentWordsPerKloc(): number {
  let words = 0;
  let lines = 0;
  for (const file of files.values()) {
    lines += file.lines;
    for (const [comment] of file.source.text.matchAll(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/[^\n]*/g)) {
      words += comment.match(/[^\s/*]+/g)?.length ?? 0;
    }
  }
  return Math.round((words / lines) * 1000);
}

/** @returns whether every goal is met */
function report(): boolean {
  const lines = [...files.values()].map((file) => file.lines).sort((a, b) => a - b);
  const total = lines.reduce((sum, each) => sum + each, 0);
  const median = lines[Math.floor(lines.length / 2)] ?? 0;
  const longest = lines.at(-1) ?? 0;
  const single = [...files.keys()].filter((path) => importers.get(path)?.length === 1);
  const perKloc = (injected.length / total) * 1000;
  const percent = (single.length / files.size) * 100;
  const groups = cycles();
  const liveFloors = floors('src/live/');
  const [least = 0, most = 0] = GOALS.medianLines;
  console.log(`${files.size} files, ${total} lines, ${commentWordsPerKloc()} words of comment per 1,000 lines`);
  const met = [
    row('lines of the median file', median, `${least} to ${most}`, median >= least && median <= most),
    row('lines of the longest file', longest, `${GOALS.maxLines} or fewer`, longest <= GOALS.maxLines),
    row(
      '% of files with one importer',
      percent,
      `${GOALS.oneImporterPercent} or fewer`,
      percent <= GOALS.oneImporterPercent,
    ),
    row(
      'injected functions per 1,000 lines',
      perKloc,
      `${GOALS.injectedPerKloc} or fewer`,
      perKloc <= GOALS.injectedPerKloc,
    ),
    row('floors of src/live', liveFloors, `${GOALS.liveFloors} or fewer`, liveFloors <= GOALS.liveFloors),
    row('import cycles', groups.length, 'none', groups.length === 0),
  ];
  for (const group of groups) console.log(`  cycle: ${group.join(', ')}`);
  if (folder !== undefined) listFolder(folder, single);
  return met.every(Boolean);
}

function row(what: string, value: number, goal: string, met: boolean): boolean {
  const shown = Number.isInteger(value) ? String(value) : value.toFixed(2);
  console.log(`${met ? '✔' : '✖'} ${what.padEnd(36)} ${shown.padStart(7)}   goal: ${goal}`);
  return met;
}

function listFolder(inside: string, single: readonly string[]): void {
  console.log(`\nInjected functions in ${inside}:`);
  for (const { path, line, name } of injected) if (path.startsWith(inside)) console.log(`  ${path}:${line} ${name}`);
  console.log(`Files with one importer in ${inside}, crumbs first:`);
  const chosen = single.filter((path) => path.startsWith(inside)).flatMap((path) => files.get(path) ?? []);
  for (const { path, lines } of chosen.sort((a, b) => a.lines - b.lines)) {
    console.log(`  ${path} (${lines}${lines < CRUMB_LINES ? ', a crumb' : ''}) <- ${importers.get(path)?.[0] ?? ''}`);
  }
}
