/** A line that matches, as it is shown. */
export interface FoundLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** What was found in one file; at least one line. */
export interface FoundFile {
  /** Workspace-relative. */
  readonly path: string;
  readonly lines: readonly FoundLine[];
}

export interface SearchRequest {
  readonly query: string;
  readonly isRegex: boolean;
  readonly isCaseSensitive: boolean;
}

/** The query cannot be searched for; the message is for the model. */
export class UnusableQuery extends Error {
  override readonly name = 'UnusableQuery';
}

/** Where a line matches, in UTF-16 units of the line; empty where only a place matches. */
export interface LineMatch {
  /** From 0. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
}
