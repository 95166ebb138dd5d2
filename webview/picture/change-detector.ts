import type { ShareSource } from '../../src/protocol/picture.ts';
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

/**
 * Steps of lightness by which a cell must differ. A screen repeats itself exactly, and grey text in a cell's corner moves
 * its mean by little; a camera's noise and the hum of lamps move every cell by some.
 */
const CELL_DIFFERS_BY: Readonly<Record<ShareSource, number>> = { screen: 5, camera: 14 };

/**
 * A change that stays within so many cells is a caret, a pointer or the digits of a clock: `hh:mm:ss` is 60 px by 20 px,
 * twice that on a dense screen, which touches 9 by 3 cells. Four typed words are wider.
 */
const SMALL_COLUMNS = 9;
const SMALL_ROWS = 4;
/** Many small changes together are a large one: a caret, a pointer in two places and a clock are not yet. */
const SMALL_CELLS_IN_ALL = 60;

/**
 * Whether a person would say that the picture shows something else: some connected change is larger than a caret, a mouse
 * pointer or the digits of a clock, or there are many small ones.
 */
export function hasChanged(before: LumaGrid, now: LumaGrid, source: ShareSource): boolean {
  if (before.columns !== now.columns || before.rows !== now.rows) return true;
  const differing = differingCells(before, now, CELL_DIFFERS_BY[source]);
  let cellsInAll = 0;
  for (let cell = 0; cell < differing.length; cell += 1) {
    if (differing[cell] !== 1) continue;
    const patch = takePatch(differing, now, cell);
    cellsInAll += patch.cells;
    if (patch.columns > SMALL_COLUMNS || patch.rows > SMALL_ROWS || cellsInAll > SMALL_CELLS_IN_ALL) return true;
  }
  // In a picture of few cells nothing is wider than a clock.
  return cellsInAll > differing.length / 4;
}

function differingCells(before: LumaGrid, now: LumaGrid, by: number): Uint8Array {
  const differing = new Uint8Array(now.cells.length);
  for (let cell = 0; cell < differing.length; cell += 1) {
    if (Math.abs((before.cells[cell] ?? 0) - (now.cells[cell] ?? 0)) >= by) differing[cell] = 1;
  }
  return differing;
}

interface Patch {
  readonly cells: number;
  readonly columns: number;
  readonly rows: number;
}

/** Measures the cells that hang together with this one, and clears them. A gap of one column is a space between words. */
function takePatch(differing: Uint8Array, { columns, rows }: LumaGrid, first: number): Patch {
  const waiting = [first];
  differing[first] = 0;
  let cells = 0;
  let [left, right, top, bottom] = [columns, -1, rows, -1];
  for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop()) {
    const column = cell % columns;
    const row = (cell - column) / columns;
    cells += 1;
    [left, right] = [Math.min(left, column), Math.max(right, column)];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
    for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y += 1) {
      for (let x = Math.max(0, column - 2); x <= Math.min(columns - 1, column + 2); x += 1) {
        const near = y * columns + x;
        if (differing[near] !== 1) continue;
        differing[near] = 0;
        waiting.push(near);
      }
    }
  }
  return { cells, columns: right - left + 1, rows: bottom - top + 1 };
}
