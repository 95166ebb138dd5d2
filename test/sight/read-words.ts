// Reads the words in a picture with Debian's tesseract, as a person with good eyes would.
import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { preparePicture } from './prepared-picture.ts';
import type { ReadingPrograms } from './reading-programs.ts';

/** A word as it stands in the picture, in the picture's own pixels. */
export interface ReadWord {
  readonly text: string;
  /** Words of the same number stand on one line; lines are numbered from the top, column by column. */
  readonly line: number;
  readonly leftPx: number;
  readonly topPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface ReadingOptions {
  /** Gives up, and ends what it started. */
  readonly signal?: AbortSignal;
  /** Lets everything else on this computer go first. */
  readonly inBackground?: boolean;
}

/** Words wherever they stand: reads pages as well as the layout analysis does, and diagrams twice as well. */
const SPARSE_TEXT = '11';
const JPEG_START = Buffer.from([0xff, 0xd8]);

/**
 * Reads all words, in the order in which tesseract finds them.
 *
 * @param picture a JPEG or PNG
 * @throws when a program cannot be started or fails, and when `signal` says to give up
 */
export async function readWords(
  { tesseract, djpeg }: ReadingPrograms,
  picture: Uint8Array,
  options: ReadingOptions = {},
): Promise<readonly ReadWord[]> {
  let input: Uint8Array = picture;
  let factor = 1;
  if (djpeg !== undefined && JPEG_START.equals(picture.subarray(0, 2))) {
    const grey = await run(djpeg, ['-grayscale', '-pnm'], picture, options);
    ({ pgm: input, factor } = await preparePicture(grey, options.signal));
  }
  const table = await run(tesseract, ['stdin', 'stdout', '--psm', SPARSE_TEXT, 'tsv'], input, options);
  return parseTable(table.toString('utf8'), factor);
}

/** What was read, as text: a line for each line. */
export function readText(words: readonly ReadWord[]): string {
  const lines = new Map<number, string[]>();
  for (const { line, text } of words) lines.set(line, [...(lines.get(line) ?? []), text]);
  return [...lines.values()].map((line) => line.join(' ')).join('\n');
}

/** Tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text. */
function parseTable(table: string, factor: number): ReadWord[] {
  const words: ReadWord[] = [];
  let line = 0;
  let lineKey = '';
  for (const row of table.split('\n')) {
    const [level, page, block, paragraph, lineNumber, , left, top, width, height, , text = ''] = row.split('\t');
    if (level !== '5' || text.trim() === '') continue;
    const key = [page, block, paragraph, lineNumber].join(' ');
    if (key !== lineKey) line += 1;
    lineKey = key;
    const px = (value: string | undefined): number => Number(value) / factor;
    words.push({ text, line, leftPx: px(left), topPx: px(top), widthPx: px(width), heightPx: px(height) });
  }
  return words;
}

function run(
  command: string,
  args: readonly string[],
  input: Uint8Array,
  { signal, inBackground = false }: ReadingOptions,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // On a busy computer tesseract's own threads wait for each other: one alone is up to five times as fast.
    const env = { ...process.env, OMP_THREAD_LIMIT: '1' };
    const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'pipe'], ...(signal && { signal }) });
    const output: Buffer[] = [];
    let complaint = '';
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => (complaint = `${complaint}${chunk.toString()}`.slice(-500)));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(Buffer.concat(output));
      else reject(new Error(`${command} ended with ${code ?? 'a signal'}: ${complaint.trim()}`));
    });
    if (inBackground && child.pid !== undefined) yieldToOthers(child.pid);
    // A program that ends before it has read everything says why by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

function yieldToOthers(pid: number): void {
  try {
    setPriority(pid, 10);
  } catch {
    // It has ended already, or the system has no such thing.
  }
}
