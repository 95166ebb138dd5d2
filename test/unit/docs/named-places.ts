/** A file or folder that a page names, and what the page says is in it. */
export interface NamedPlace {
  readonly path: string;
  /** Functions, classes, members and constants; `Class.member` is two of them. */
  readonly names: readonly string[];
}

/** `path` (`name`, `Class.member`): the names are looked for in the file. A path with a gap in it, as `src/<name>.ts`, is none. */
const PLACE = /`((?:src|webview|test|bench|build|docs|media|\.vscode)\/[\w./-]*)`(?:\s*\(((?:`[^`]+`(?:,\s*)?)+)\))?/g;

export function placesIn(page: string): NamedPlace[] {
  return [...page.matchAll(PLACE)].map(([, path = '', names = '']) => ({
    path,
    names: [...names.matchAll(/`([^`]+)`/g)].flatMap(([, name = '']) => name.split('.')),
  }));
}

/** Whether a source has the name as a whole word. */
export function hasName(source: string, name: string): boolean {
  return new RegExp(`(?<![\\w#])${name}(?!\\w)`).test(source);
}
