import type { Box } from '../../src/protocol/picture.ts';
import { scaled, type Size } from './frame-size.ts';

/** What of a picture is cut out, in its own pixels, and how large the cut-out becomes. */
export interface CropArea {
  readonly leftPx: number;
  readonly topPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly out: Size;
}

/** A region is at least this much of the picture's width and height: a model that points at a dot means what is around it. */
const SMALLEST_REGION = 20;
/** Longer cut-outs are shrunk; what is to be read in them is asked for in smaller regions. */
const LONGEST_PX = 1920;
/** Shorter ones are enlarged, at most twice: models read large letters better than small ones. */
const ENLARGED_TO_PX = 1280;
const LARGEST_ENLARGEMENT = 2;

/** Where a region (0 to 1000, in any order, perhaps outside) lies in a picture of that size. Never empty. */
export function cropArea(region: Box, { widthPx, heightPx }: Size): CropArea {
  const across = span(region.left, region.right, widthPx);
  const down = span(region.top, region.bottom, heightPx);
  const size = { widthPx: across.lengthPx, heightPx: down.lengthPx };
  return { leftPx: across.startPx, topPx: down.startPx, ...size, out: scaled(size, enlargement(size)) };
}

function enlargement({ widthPx, heightPx }: Size): number {
  const longPx = Math.max(widthPx, heightPx);
  if (longPx > LONGEST_PX) return LONGEST_PX / longPx;
  return Math.max(1, Math.min(LARGEST_ENLARGEMENT, ENLARGED_TO_PX / longPx));
}

/** One side of a region in pixels, from within 0 to `totalPx`. */
function span(oneEnd: number, otherEnd: number, totalPx: number): { startPx: number; lengthPx: number } {
  const [from, to] = [clamp(Math.min(oneEnd, otherEnd)), clamp(Math.max(oneEnd, otherEnd))];
  const length = Math.max(to - from, SMALLEST_REGION);
  const start = Math.min(Math.max(0, (from + to - length) / 2), 1000 - length);
  const startPx = Math.min(totalPx - 1, Math.floor((start * totalPx) / 1000));
  const endPx = Math.max(startPx + 1, Math.min(totalPx, Math.ceil(((start + length) * totalPx) / 1000)));
  return { startPx, lengthPx: endPx - startPx };
}

function clamp(value: number): number {
  return Number.isFinite(value) ? Math.min(1000, Math.max(0, value)) : 0;
}
