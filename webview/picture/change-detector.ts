import type { ShareSource } from '../../src/protocol/picture.ts';
import type { LumaGrid } from './luma-layout.ts';

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
