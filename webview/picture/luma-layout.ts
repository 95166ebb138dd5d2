import type { Size } from './frame-size.ts';

/** Mean lightness of the cells of a picture, row by row, 0 to 255. */
export interface LumaGrid {
  readonly columns: number;
  readonly rows: number;
  readonly cells: Uint8Array;
}

/**
 * A cell is about a character high and two wide where one pixel of the source is one of the screen: smaller ones would see
 * every dot, larger ones would lose words among the white.
 */
const CELL_PX = 16;
/** Wider sources are those of dense screens, where everything has more pixels: 2,560 px at the usual density of cells. */
const MAX_COLUMNS = 160;
/** A page that is far taller than wide. */
const MAX_ROWS = 400;

/** How many cells a picture of that size is divided into. */
export function gridOf({ widthPx, heightPx }: Size): { readonly columns: number; readonly rows: number } {
  const cellPx = Math.max(CELL_PX, widthPx / MAX_COLUMNS, heightPx / MAX_ROWS);
  return { columns: Math.max(1, Math.round(widthPx / cellPx)), rows: Math.max(1, Math.round(heightPx / cellPx)) };
}

/**
 * Lightness from colours, as the eye weighs them (ITU-R BT.709).
 *
 * @param rgba four bytes a cell, opaque
 */
export function toLuma(rgba: Uint8ClampedArray): Uint8Array {
  const cells = new Uint8Array(rgba.length / 4);
  for (let cell = 0; cell < cells.length; cell += 1) {
    const red = rgba[4 * cell] ?? 0;
    const green = rgba[4 * cell + 1] ?? 0;
    const blue = rgba[4 * cell + 2] ?? 0;
    cells[cell] = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
  return cells;
}
