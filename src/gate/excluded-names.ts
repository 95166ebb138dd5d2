import ignore, { type Ignore } from 'ignore';

/** Characters that some file systems pass over when they compare names. */
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu;

/** What must not be read, by name: gitignore patterns that match whatever the case. */
export class ExcludedNames {
  readonly #patterns: Ignore;

  constructor(patterns: readonly string[]) {
    this.#patterns = ignore({ ignorecase: true }).add(patterns);
  }

  /** @param segments from the workspace folder down; of a file or a folder */
  match(segments: readonly string[]): boolean {
    const path = segments
      .map(asCompared)
      .filter((segment) => segment !== '')
      .join('/');
    if (path === '') return false;
    if (!ignore.isPathValid(path)) return true;
    return this.#patterns.ignores(path) || this.#patterns.ignores(`${path}/`);
  }
}

/** As the most forgiving file system compares it: compatible characters are the same, dots and spaces at the end are nothing. */
function asCompared(segment: string): string {
  return segment
    .normalize('NFKC')
    .replace(IGNORABLE, '')
    .replace(/[. ]+$/, '');
}
