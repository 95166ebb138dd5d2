import { LONGEST_STILL_PX, scaled, type Size } from './frame-size.ts';

/** Drawings have no resolution, so small ones are drawn large enough to read the letters in them. */
const SHORTEST_LONG_SIDE_PX = 1024;
const ENLARGEMENT = 2;

const COMMENT = /<!--[\s\S]*?-->/g;
/** The root element's start tag, perhaps under a prefix; quoted values may hold anything. */
const ROOT = /<(?:([\w.-]{1,100}):)?svg(?=[\s>/])(?:"[^"]*"|'[^']*'|[^>"'])*>/i;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')/g;
/** Mermaid's exports limit themselves to the width of a page. */
const SIZE_STYLE = /(?<=[;"'])\s*(?:max-|min-)?(?:width|height)\s*:[^;"']*;?/gi;

interface SizedSvg {
  readonly svg: string;
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * Gives the drawing a definite size, in pixels, at which it is sharp; undefined when it is no SVG. Only its first tag is
 * rewritten: a DOM parser would hold the drawing's content against this page's own policy.
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

/** Pixels of one unit of a length (CSS Values 4, 6.2), with the usual font size for relative ones. */
const PX_OF_UNIT: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  mm: 96 / 25.4,
  cm: 96 / 2.54,
  in: 96,
  em: 16,
  rem: 16,
  ex: 8,
};
/** What browsers give a drawing that states no size at all. */
const UNSTATED: Size = { widthPx: 300, heightPx: 150 };

/** Reads a drawing's size from its root element; the view box fills in what that leaves open. */
export function svgSize(width: string | null, height: string | null, viewBox: string | null): Size {
  const [, , boxWidth = NaN, boxHeight = NaN] = (viewBox ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const hasBox = boxWidth > 0 && boxHeight > 0;
  const widthPx = lengthPx(width);
  const heightPx = lengthPx(height);
  if (widthPx !== undefined && heightPx !== undefined) return { widthPx, heightPx };
  if (!hasBox) return { widthPx: widthPx ?? UNSTATED.widthPx, heightPx: heightPx ?? UNSTATED.heightPx };
  if (widthPx !== undefined) return { widthPx, heightPx: (widthPx * boxHeight) / boxWidth };
  if (heightPx !== undefined) return { widthPx: (heightPx * boxWidth) / boxHeight, heightPx };
  return { widthPx: boxWidth, heightPx: boxHeight };
}

/** Returns undefined for no length, and for one that is relative to a page. */
function lengthPx(text: string | null): number | undefined {
  const match = /^\s*([\d.]+(?:e[+-]?\d+)?)\s*([a-z]*)\s*$/i.exec(text ?? '');
  const px = Number(match?.[1]) * (PX_OF_UNIT[match?.[2]?.toLowerCase() ?? ''] ?? NaN);
  return px > 0 && px < Infinity ? px : undefined;
}
