/** A page of `docs/` that a text names, and the section of it, where it names one. */
export interface Citation {
  readonly page: string;
  readonly section: string | undefined;
}

/** `docs/page.md, "Section"`, perhaps with `and "Another section"`. */
const WITH_SECTION = /\bdocs\/([\w/-]+\.md), ((?:"[^"]+"(?:,? and |, )?)+)/g;
const PAGE = /\bdocs\/([\w/-]+\.md)\b/g;

/**
 * What a source file or a page cites. A section counts wherever it stands, also in a string; a page alone only in a comment
 * or in prose, since strings name files of projects that exist in tests only.
 */
export function citationsIn(text: string, isProse: boolean): Citation[] {
  const said = isProse ? text : commentsOf(text);
  const alone = [...said.matchAll(PAGE)].map(([, page = '']) => ({ page, section: undefined }));
  const withSection = [...inOneLine(text).matchAll(WITH_SECTION)].flatMap(([, page = '', sections = '']) =>
    [...sections.matchAll(/"([^"]+)"/g)].map(([, section]) => ({ page, section })),
  );
  return [...alone, ...withSection];
}

/** Undoes the line breaks inside of comments, and the escapes inside of strings. */
function inOneLine(text: string): string {
  return text.replace(/\n\s*(?:\/\/|\*)?\s*/g, ' ').replaceAll('\\"', '"');
}

/** The text of the lines that are comments, and of comments that end a line. */
export function commentsOf(source: string): string {
  const lines = source.split('\n');
  return lines
    .map((line) => /^\s*(?:\/\*\*?|\*|\/\/)(.*)$|\s\/\/ (.*)$/.exec(line)?.slice(1).join('') ?? '')
    .join('\n');
}
