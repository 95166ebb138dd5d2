import { scaled } from './frame-size.ts';
import { LONGEST_STILL_PX } from './still-limits.ts';
import { svgSize } from './svg-size.ts';

/** Lines can be drawn at any size: small drawings are drawn large enough to read the letters in them. */
const SHORTEST_LONG_SIDE_PX = 1024;
const ENLARGEMENT = 2;

const COMMENT = /<!--[\s\S]*?-->/g;
/** The root element's start tag, perhaps under a prefix; quoted values may hold anything. */
const ROOT = /<(?:([\w.-]{1,100}):)?svg(?=[\s>/])(?:"[^"]*"|'[^']*'|[^>"'])*>/i;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')/g;
/** Mermaid's exports limit themselves to the width of a page. */
const SIZE_STYLE = /(?<=[;"'])\s*(?:max-|min-)?(?:width|height)\s*:[^;"']*;?/gi;

export interface SizedSvg {
  readonly svg: string;
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * The drawing with a definite size, in pixels, at which it can be drawn sharply; undefined when it is no SVG. Only its first
 * tag is read and written anew: a parser of this page would hold what is in the drawing against the page's own policy.
 */
export function sizeSvg(text: string): SizedSvg | undefined {
  const found = ROOT.exec(text.replace(COMMENT, (comment) => ' '.repeat(comment.length)));
  if (found === null) return undefined;
  const tag = text.slice(found.index, found.index + found[0].length);
  const attributes = new Map<string, string>();
  for (const [, name = '', quoted = ''] of tag.matchAll(ATTRIBUTE)) attributes.set(name, quoted);
  const valueOf = (name: string): string | null => attributes.get(name)?.slice(1, -1) ?? null;
  const own = svgSize(valueOf('width'), valueOf('height'), valueOf('viewBox'));
  const longPx = Math.max(own.widthPx, own.heightPx);
  const idealPx = Math.min(LONGEST_STILL_PX, Math.max(SHORTEST_LONG_SIDE_PX, ENLARGEMENT * longPx));
  const size = scaled(own, idealPx / longPx);
  if (!attributes.has('viewBox')) attributes.set('viewBox', `"0 0 ${own.widthPx} ${own.heightPx}"`);
  const [, prefix] = found;
  const namespace = prefix === undefined ? 'xmlns' : `xmlns:${prefix}`;
  if (!attributes.has(namespace)) attributes.set(namespace, '"http://www.w3.org/2000/svg"');
  const style = attributes.get('style');
  if (style !== undefined) attributes.set('style', style.replace(SIZE_STYLE, ''));
  attributes.set('width', `"${size.widthPx}"`);
  attributes.set('height', `"${size.heightPx}"`);
  const written = [...attributes].map(([name, quoted]) => `${name}=${quoted}`).join(' ');
  const root = `<${prefix === undefined ? '' : `${prefix}:`}svg ${written}${tag.endsWith('/>') ? '/>' : '>'}`;
  return { svg: text.slice(0, found.index) + root + text.slice(found.index + tag.length), ...size };
}
