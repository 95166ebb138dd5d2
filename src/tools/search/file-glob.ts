import ignore from 'ignore';

/** Folders of what others wrote: neither listed nor searched unless they are asked for by name. */
const OF_OTHERS = ['node_modules', '.git', '.hg', '.svn', 'bower_components'];

export interface FileGlob {
  /** Patterns, one of which must match; from the searched folder down. None: all files. */
  readonly include: readonly string[];
  /** Names of folders that are left out. */
  readonly leftOut: readonly string[];
}

/**
 * A glob as models write it: `*.ts` anywhere, `src/*.ts` from the top, a folder's name for what is in it.
 *
 * @returns a sentence where it leads out of the workspace
 */
export function parseGlob(glob: string | undefined): FileGlob | { readonly refused: string } {
  const pattern = (glob ?? '')
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(?:\.?\/)+/, '')
    .replace(/\/+$/, '');
  if (pattern.split(/[/{},]/).includes('..'))
    return { refused: 'A glob starts in the workspace and goes down, without "..".' };
  const leftOut = OF_OTHERS.filter((name) => !pattern.includes(name));
  if (pattern === '' || pattern === '**' || pattern === '**/*' || pattern === '*') return { include: [], leftOut };
  const anywhere = pattern.includes('/') ? pattern : `**/${pattern}`;
  return { include: [anywhere, `${anywhere}/**`], leftOut };
}

/** As one pattern of VS Code's. */
export function includePattern({ include }: FileGlob): string {
  const [first, second] = include;
  if (first === undefined) return '**/*';
  // VS Code does not nest braces: a pattern with braces of its own names files, hardly ever a folder.
  return second === undefined || first.includes('{') ? first : `{${first},${second}}`;
}

export function excludePattern({ leftOut }: FileGlob): string {
  return `**/{${leftOut.join(',')}}/**`;
}

/** Whether a file is meant; for the few that are searched on screen. */
export function includes({ include }: FileGlob, path: string): boolean {
  return include.length === 0 || ignore().add(include.flatMap(withoutBraces)).ignores(path);
}

/** The same as patterns of gitignore, which know no braces. */
function withoutBraces(pattern: string): string[] {
  const brace = /\{([^{}]*)\}/.exec(pattern);
  if (brace === null) return [`/${pattern}`];
  const [all, choices = ''] = brace;
  return choices.split(',').flatMap((choice) => withoutBraces(pattern.replace(all, () => choice)));
}
