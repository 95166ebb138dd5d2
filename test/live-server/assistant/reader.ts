// The assistant's eyes: what it was shown, and the words on it. It reads when it is asked, and each picture once.
import { performance } from 'node:perf_hooks';
import { findReadingPrograms } from '../../sight/reading-programs.ts';
import { readWords, type ReadWord } from '../../sight/read-words.ts';
import { wordsOf } from '../../sight/word-recall.ts';
import type { Picture } from '../wire/message-rules.ts';

/** - `nothing-shown`: no picture came. - `cannot-read`: no tesseract here. - `failed`: it gave up. */
export type Reading =
  | { readonly kind: 'words'; readonly words: readonly ReadWord[]; readonly picture: Picture }
  | { readonly kind: 'nothing-shown' | 'cannot-read' | 'failed' };

/** A page of small type takes 2 to 5 s; nobody waits for an answer much longer than this. */
const LONGEST_READING_MS = 20_000;

/** Reads the words of a picture; undefined when nothing here can. */
export type ReadPicture = (picture: Uint8Array, signal: AbortSignal) => Promise<readonly ReadWord[] | undefined>;

export class Reader {
  readonly #readPicture: ReadPicture;
  #newest: Picture | undefined;
  #cameAtMs = 0;
  #reading: Promise<Reading> | undefined;

  constructor(readPicture: ReadPicture = readWithTesseract) {
    this.#readPicture = readPicture;
  }

  show(picture: Picture): void {
    this.#newest = picture;
    this.#cameAtMs = performance.now();
    this.#reading = undefined;
  }

  get newest(): Picture | undefined {
    return this.#newest;
  }

  get newestAgeMs(): number {
    return performance.now() - this.#cameAtMs;
  }

  /** The words on the newest picture. Asked twice, it reads once. Never rejects. */
  read(): Promise<Reading> {
    return (this.#reading ??= this.#newest === undefined ? Promise.resolve(NOTHING) : this.#readNewest(this.#newest));
  }

  async #readNewest(picture: Picture): Promise<Reading> {
    try {
      const words = await this.#readPicture(picture.bytes, AbortSignal.timeout(LONGEST_READING_MS));
      if (words === undefined) return { kind: 'cannot-read' };
      // Icons and lines come out as lone signs.
      return { kind: 'words', words: words.filter(({ text }) => wordsOf(text).length > 0), picture };
    } catch {
      return { kind: 'failed' };
    }
  }
}

const NOTHING: Reading = { kind: 'nothing-shown' };

async function readWithTesseract(picture: Uint8Array, signal: AbortSignal): Promise<readonly ReadWord[] | undefined> {
  const programs = findReadingPrograms();
  return programs === undefined ? undefined : readWords(programs, picture, { signal, inBackground: true });
}
