import '../protocol/zod.ts';
import * as z from 'zod';
import type { Box } from '../protocol/picture.ts';

const coordinate = z.number().min(0).max(1000);

/** A rectangle as Gemini models give it: `[ymin, xmin, ymax, xmax]`, 0 to 1000 of the picture's height and width. */
export const boxArgument = z
  .array(coordinate)
  .length(4)
  .describe('[ymin, xmin, ymax, xmax], each 0 to 1000 of the height or width of the whole picture');

/** Corners in whichever order they came. */
export function boxOf(coordinates: readonly number[]): Box {
  const [top = 0, left = 0, bottom = 1000, right = 1000] = coordinates;
  return {
    top: Math.min(top, bottom),
    left: Math.min(left, right),
    bottom: Math.max(top, bottom),
    right: Math.max(left, right),
  };
}
