import { Worker } from 'node:worker_threads';
import '../../protocol/zod.ts';
import * as z from 'zod';
import { UnusableQuery, type LineMatch } from './found-lines.ts';
import type { LineMatcher } from './line-matcher.ts';

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
export class RegexWorker implements LineMatcher {
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
