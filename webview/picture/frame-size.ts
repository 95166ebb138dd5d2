import type { PictureDetail } from '../../src/protocol/picture.ts';

export interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** What a frame of each detail may be: its width, and the bytes that its JPEG is fitted to. */
export const FRAME_LIMITS: Readonly<Record<PictureDetail, { readonly widthPx: number; readonly bytes: number }>> = {
  low: { widthPx: 1280, bytes: 45_000 },
  medium: { widthPx: 1600, bytes: 70_000 },
  high: { widthPx: 1920, bytes: 90_000 },
};

/** Text of a screen is not legible below this width, so no byte budget pushes a frame below it. */
const SMALLEST_WIDTH_PX = 1280;
/** A frame as wide as allowed and of this shape has as many pixels as a frame of its detail that is taller than wide. */
const USUAL_HEIGHT_OF_WIDTH = 9 / 16;
/** Nothing that is looked at whole is taller; a page that is captured as one long strip is. */
const LARGEST_HEIGHT_PX = 4096;

/** Models look at pictures in tiles of 768 px; what is longer than this they shrink themselves. */
export const LONGEST_STILL_PX = 2048;
/** Decoded, a picture takes four bytes a pixel: 400 MB, and more than any camera or screen has. */
export const MAX_STILL_PIXELS = 100_000_000;

/**
 * The size of a frame: the source's own where it fits, else shrunk with its shape kept; never enlarged. A landscape source
 * is held to the width. One taller than wide (a phone, a turned monitor) is held to as many pixels instead, since a limit of
 * its width would let it through whole; but where it is wide enough for text to be legible it stays so.
 */
export function frameSize(source: Size, detail: PictureDetail): Size {
  const { widthPx: limitPx } = FRAME_LIMITS[detail];
  const isTall = source.heightPx > source.widthPx;
  const fits = isTall
    ? Math.sqrt((limitPx * limitPx * USUAL_HEIGHT_OF_WIDTH) / (source.widthPx * source.heightPx))
    : limitPx / source.widthPx;
  const legible = isTall && source.widthPx >= SMALLEST_WIDTH_PX ? SMALLEST_WIDTH_PX / source.widthPx : 0;
  return scaled(source, Math.min(1, Math.max(fits, legible), LARGEST_HEIGHT_PX / source.heightPx));
}

/**
 * The next smaller size to try when a frame does not fit its bytes even at the lowest quality; undefined when text would
 * not be legible any more, or nothing would be gained.
 *
 * @param share of the pixels to keep, 0 to 1
 */
export function smallerSize(size: Size, share: number): Size | undefined {
  // What was never as wide is to stay as legible along its longer side.
  const { widthPx, heightPx } = size;
  const guardedPx = widthPx >= SMALLEST_WIDTH_PX ? widthPx : Math.max(widthPx, heightPx);
  if (guardedPx <= SMALLEST_WIDTH_PX) return undefined;
  return scaled(size, Math.max(Math.sqrt(share), SMALLEST_WIDTH_PX / guardedPx));
}

/** @param factor more than 0 */
export function scaled({ widthPx, heightPx }: Size, factor: number): Size {
  return { widthPx: Math.max(1, Math.round(widthPx * factor)), heightPx: Math.max(1, Math.round(heightPx * factor)) };
}
