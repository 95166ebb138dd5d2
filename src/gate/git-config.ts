const HEADER = /^\s*\[([\w.-]+)(\s+"(?:[^"\\]|\\.)*")?\s*\]/;
const ASSIGNMENT = /^\s*([a-z][\w-]*)\s*=(.*)$/i;
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b' };

/**
 * The last value of a name in a git configuration; names match whatever their case. What other files add by `[include]`, and
 * values that go on in a next line, are not read.
 *
 * @param section without a subsection
 */
export function configValue(text: string, section: string, name: string): string | undefined {
  let isHere = false;
  let value: string | undefined;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const header = HEADER.exec(line);
    if (header !== null) isHere = header[2] === undefined && header[1]?.toLowerCase() === section.toLowerCase();
    // A value may follow its header in the same line.
    const [, key, raw] = ASSIGNMENT.exec(line.slice(header?.[0].length ?? 0)) ?? [];
    if (isHere && key?.toLowerCase() === name.toLowerCase() && raw !== undefined) value = plain(raw);
  }
  return value;
}

/** Without quotes and what is a comment outside of them. */
function plain(raw: string): string {
  let value = '';
  for (const [part] of raw.trim().matchAll(/"(?:[^"\\]|\\.)*"|\\.|[#;]|[^"\\#;]+/g)) {
    if (part === '#' || part === ';') break;
    const bare = part.startsWith('"') ? part.slice(1, -1) : part;
    value += bare.replace(/\\(.)/g, (_, escaped: string) => ESCAPED[escaped] ?? escaped);
  }
  return value.trim();
}
