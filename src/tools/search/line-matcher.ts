import { Worker } from 'node:worker_threads';
import '../../protocol/zod.ts';
import * as z from 'zod';
import { linesOf } from '../file-text.ts';
import { UnusableQuery, type LineMatch, type SearchRequest } from './found-lines.ts';

/** Finds the lines of a text that match, where there is no ripgrep. */
export interface LineMatcher {
  /** @throws UnusableQuery when a regular expression takes too long */
  match(text: string): Promise<readonly LineMatch[]>;
  dispose(): void;
}

/** @throws UnusableQuery when the query is no regular expression */
export function lineMatcher(request: SearchRequest): LineMatcher {
  if (!request.isRegex) return new LiteralMatcher(request);
  const flags = request.isCaseSensitive ? '' : 'i';
  try {
    new RegExp(request.query, flags);
  } catch (cause) {
    throw new UnusableQuery(cause instanceof Error ? cause.message : 'It cannot be read.', { cause });
  }
  return new RegexWorker(request.query, flags);
}

class LiteralMatcher implements LineMatcher {
  readonly #needle: string;
  readonly #fold: (text: string) => string;

  constructor({ query, isCaseSensitive }: SearchRequest) {
    this.#fold = isCaseSensitive ? (text) => text : (text) => text.toLowerCase();
    this.#needle = this.#fold(query);
  }

  match(text: string): Promise<readonly LineMatch[]> {
    const folded = this.#fold(text);
    // Most files have none.
    if (!folded.includes(this.#needle)) return Promise.resolve([]);
    const matches = linesOf(text).flatMap((line, number) => {
      const start = this.#fold(line).indexOf(this.#needle);
      return start < 0 ? [] : [{ line: number, start, end: start + this.#needle.length }];
    });
    return Promise.resolve(matches);
  }

  dispose(): void {
    // Holds nothing.
  }
}

/** For one file of at most two megabytes; an expression without a trap needs a few milliseconds. */
const TIME_LIMIT_MS = 1_000;

/**
 * What runs in the thread. A text, because whatever is bundled has one file. Lines are told apart as `linesOf` does.
 */
const PROGRAM = `
  const { parentPort, workerData } = require('node:worker_threads');
  const pattern = new RegExp(workerData.source, workerData.flags);
  parentPort.on('message', (text) => {
    const matches = [];
    text.split(/\\r\\n|\\r|\\n/).forEach((content, line) => {
      const match = pattern.exec(content);
      if (match !== null) matches.push({ line, start: match.index, end: match.index + match[0].length });
    });
    parentPort.postMessage(matches);
  });
`;

const answer = z.array(z.object({ line: z.number(), start: z.number(), end: z.number() }));

/** A regular expression of JavaScript may take for ever: it is run where it can be ended, and where it holds up nobody. */
class RegexWorker implements LineMatcher {
  readonly #worker: Worker;

  constructor(source: string, flags: string) {
    this.#worker = new Worker(PROGRAM, { eval: true, workerData: { source, flags } });
    this.#worker.unref();
  }

  match(text: string): Promise<readonly LineMatch[]> {
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        clearTimeout(timer);
        worker.off('message', onMessage).off('error', onError);
        settle();
      };
      const onMessage = (message: unknown): void => end(() => resolve(answer.parse(message)));
      const onError = (cause: Error): void => end(() => reject(cause));
      const timer = setTimeout(() => {
        end(() =>
          reject(new UnusableQuery('It takes too long. Make it simpler, without repetitions inside of repetitions.')),
        );
        this.dispose();
      }, TIME_LIMIT_MS);
      worker.on('message', onMessage).on('error', onError);
      worker.postMessage(text);
    });
  }

  dispose(): void {
    void this.#worker.terminate();
  }
}
