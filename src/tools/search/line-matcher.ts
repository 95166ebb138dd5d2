import { linesOf } from '../file-text.ts';
import { UnusableQuery, type LineMatch, type SearchRequest } from './found-lines.ts';
import { RegexWorker } from './regex-worker.ts';

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
