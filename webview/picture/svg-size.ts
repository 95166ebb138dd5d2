import type { Size } from './frame-size.ts';

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

/** The size of a drawing as its root element states it; what it leaves open comes from its view box. */
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

/** Undefined for none, and for a share of a page that there is not. */
function lengthPx(text: string | null): number | undefined {
  const match = /^\s*([\d.]+(?:e[+-]?\d+)?)\s*([a-z]*)\s*$/i.exec(text ?? '');
  const px = Number(match?.[1]) * (PX_OF_UNIT[match?.[2]?.toLowerCase() ?? ''] ?? NaN);
  return px > 0 && px < Infinity ? px : undefined;
}
