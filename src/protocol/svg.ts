/** Whether a text is an SVG drawing: its first element is `svg`, whatever prolog stands before it. */
export function isSvg(text: string): boolean {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  for (;;) {
    while (/\s/.test(text.charAt(at))) at += 1;
    const end = prologPartEnd(text, at);
    if (end === 'none') return /^<(?:[\w.-]+:)?svg[\s/>]/.test(text.slice(at, at + 100));
    if (end === 'endless') return false;
    at = end;
  }
}

/** Where the declaration, instruction, comment or document type ends that begins there. */
function prologPartEnd(text: string, at: number): number | 'none' | 'endless' {
  if (text.startsWith('<?', at)) return after(text, '?>', at);
  if (text.startsWith('<!--', at)) return after(text, '-->', at);
  if (!/^<!doctype/i.test(text.slice(at, at + 9))) return 'none';
  const close = text.indexOf('>', at);
  const subset = text.indexOf('[', at);
  // Entities are declared in brackets, each with a > of its own.
  if (subset < 0 || close < subset) return after(text, '>', at);
  const subsetEnd = text.indexOf(']', subset);
  return subsetEnd < 0 ? 'endless' : after(text, '>', subsetEnd);
}

function after(text: string, mark: string, at: number): number | 'endless' {
  const found = text.indexOf(mark, at);
  return found < 0 ? 'endless' : found + mark.length;
}

/** A file's text: UTF-16 where a byte order mark says so, else as its XML declaration says, else UTF-8. Never throws. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  const declared = /^<\?xml\b[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1];
  // Without a mark it cannot be UTF-16, whatever the declaration says.
  return declared !== undefined && !/^utf-?16/i.test(declared) && isKnown(declared) ? declared : 'utf-8';
}

function isKnown(encoding: string): boolean {
  try {
    new TextDecoder(encoding);
    return true;
  } catch {
    return false;
  }
}

/** A drawing's text without a declaration of its encoding: it was decoded, and is UTF-8 wherever it is written. */
export function withoutEncoding(text: string): string {
  return text.replace(/^(\s*<\?xml\b[^>]*?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')/, '$1');
}

/** A drawing's text as a file: UTF-8, and no declaration that says otherwise. */
export function svgFile(text: string): Uint8Array {
  return new TextEncoder().encode(withoutEncoding(text));
}
