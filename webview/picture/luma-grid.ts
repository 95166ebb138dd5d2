import { JpegCanvas, sizeOf } from './canvas-jpeg.ts';
import { gridOf, type LumaGrid, toLuma } from './luma-layout.ts';
import type { HeldPicture } from './worker-messages.ts';

/** Makes the grids of pictures, one after another, on one small canvas. */
export class LumaScanner {
  readonly #canvas = new JpegCanvas();

  /** The picture may be closed afterwards. */
  scan(picture: HeldPicture): LumaGrid {
    const { columns, rows } = gridOf(sizeOf(picture));
    this.#canvas.draw(picture, { widthPx: columns, heightPx: rows });
    return { columns, rows, cells: toLuma(this.#canvas.pixels()) };
  }
}
