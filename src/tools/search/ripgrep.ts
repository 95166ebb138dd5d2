import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Buffer } from 'node:buffer';
import '../../protocol/zod.ts';
import * as z from 'zod';
import { MAX_FILE_BYTES } from '../file-text.ts';
import type { FileGlob } from './file-glob.ts';
import { UnusableQuery, type LineMatch, type SearchRequest } from './found-lines.ts';
import * as vscode from 'vscode';

/** One file of ripgrep's answer. */
export interface RipgrepFile {
  /** Relative to the searched folder, with forward slashes. */
  readonly path: string;
  readonly matches: readonly LineMatch[];
}

export interface RipgrepRun {
  readonly binary: string;
  readonly folder: string;
  readonly request: SearchRequest;
  readonly glob: FileGlob;
  /** Searched in the place of the folder's files: what is on screen only. */
  readonly text?: string;
  readonly signal: AbortSignal;
}

/** Most lines of one file; more are not looked for in all files together. */
const MAX_LINES_PER_FILE = 10_000;
/** Of what ripgrep complains about. */
const MAX_COMPLAINT_LENGTH = 600;

const encoded = z.union([z.object({ text: z.string() }), z.object({ bytes: z.string() })]);
const matchMessage = z.object({
  type: z.literal('match'),
  data: z.object({
    path: encoded,
    lines: encoded,
    line_number: z.number(),
    submatches: z.array(z.object({ start: z.number(), end: z.number() })),
  }),
});
type Match = z.infer<typeof matchMessage>['data'];

/**
 * Searches with ripgrep, file by file in the order of paths. Its regular expressions take linear time, whatever they are. Ends
 * the process when the caller stops asking.
 *
 * @throws UnusableQuery with ripgrep's own complaint
 */
export async function* ripgrep(run: RipgrepRun): AsyncGenerator<RipgrepFile> {
  const child = spawn(run.binary, argumentsOf(run), { cwd: run.folder, windowsHide: true });
  const closed = once(child, 'close');
  // Told by `closed` as well.
  closed.catch(() => undefined);
  child.stdin.on('error', () => undefined);
  child.stdin.end(run.text);
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (complaint.length < MAX_COMPLAINT_LENGTH) complaint += text;
  });
  const stop = (): void => void child.kill();
  run.signal.addEventListener('abort', stop, { once: true });
  try {
    yield* filesOf(createInterface({ input: child.stdout, crlfDelay: Infinity }));
    const [code] = (await closed) as [number | null];
    // 1: nothing was found; 2: an error, which is told only where nothing could be searched.
    if (code === 2 && /regex|glob/.test(complaint)) throw new UnusableQuery(complaint.slice(0, MAX_COMPLAINT_LENGTH));
  } finally {
    run.signal.removeEventListener('abort', stop);
    stop();
  }
}

async function* filesOf(lines: AsyncIterable<string>): AsyncGenerator<RipgrepFile> {
  let path: string | undefined;
  let matches: LineMatch[] = [];
  for await (const line of lines) {
    const match = parse(line);
    if (match === undefined) continue;
    const matchPath = textOf(match.path).replaceAll('\\', '/').replace(/^\.\//, '');
    if (path !== undefined && matchPath !== path) {
      yield { path, matches };
      matches = [];
    }
    path = matchPath;
    if (matches.length < MAX_LINES_PER_FILE) matches.push(...lineMatches(match));
  }
  if (path !== undefined) yield { path, matches };
}

/** One for each line: that of the first match in it. Bytes become UTF-16 units. */
function lineMatches({ line_number: number, lines, submatches }: Match): LineMatch[] {
  const bytes = bytesOf(lines);
  const unitsTo = (end: number): number => bytes.toString('utf8', 0, end).length;
  return submatches
    .slice(0, 1)
    .map(({ start, end }) => ({ line: number - 1, start: unitsTo(start), end: unitsTo(end) }));
}

function parse(line: string): Match | undefined {
  // Most lines tell where a file begins and ends.
  if (!line.startsWith('{"type":"match"')) return undefined;
  const read = matchMessage.safeParse(JSON.parse(line));
  return read.success ? read.data.data : undefined;
}

function bytesOf(value: z.infer<typeof encoded>): Buffer {
  return 'text' in value ? Buffer.from(value.text) : Buffer.from(value.bytes, 'base64');
}

function textOf(value: z.infer<typeof encoded>): string {
  return bytesOf(value).toString('utf8');
}

function argumentsOf({ request, glob, text }: RipgrepRun): string[] {
  const { query, isRegex, isCaseSensitive } = request;
  return [
    ...['--json', '--no-config', '--no-messages', '--crlf', isCaseSensitive ? '--case-sensitive' : '--ignore-case'],
    // Sorted, so that a search can be gone on with; one thread is enough for it. What the person's own ignore file names is left
    // out by the gate: ripgrep would take its rules from the searched folder, not from the repository's root.
    ...[
      '--sort',
      'path',
      '--hidden',
      '--no-require-git',
      '--no-ignore-global',
      '--max-filesize',
      String(MAX_FILE_BYTES),
    ],
    ...glob.include.flatMap((pattern) => ['--glob', pattern]),
    ...glob.leftOut.flatMap((name) => ['--glob', `!**/${name}`]),
    ...(isRegex ? [] : ['--fixed-strings']),
    ...['--regexp', query, '--', text === undefined ? '.' : '-'],
  ];
}

/** Where VS Code keeps its own: since 1.13x one package for all platforms, before that one for each. */
function places(): readonly string[] {
  const binary = process.platform === 'win32' ? 'rg.exe' : 'rg';
  const platform = `${process.platform}-${process.arch}`;
  return ['node_modules', 'node_modules.asar.unpacked'].flatMap((modules) => [
    `${modules}/@vscode/ripgrep-universal/bin/${platform}/${binary}`,
    `${modules}/@vscode/ripgrep/bin/${binary}`,
  ]);
}

let found: Promise<string | undefined> | undefined;

/** The ripgrep that VS Code itself searches with, as a path of this machine; nothing where there is none. */
export function ripgrepBinary(): Promise<string | undefined> {
  return (found ??= find());
}

async function find(): Promise<string | undefined> {
  for (const place of places()) {
    const uri = vscode.Uri.joinPath(vscode.Uri.file(vscode.env.appRoot), place);
    try {
      await vscode.workspace.fs.stat(uri);
      return uri.fsPath;
    } catch {
      // The next one.
    }
  }
  return undefined;
}
