import { gridOf, type LumaGrid } from '../../../webview/picture/change-detector.ts';

/** Of a font of 12 px, in pixels of a screen of the usual density. */
const GLYPH_WIDTH = 7;
const GLYPH_HEIGHT = 12;
export const LINE_HEIGHT = 18;

interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A screen that is painted in tests: lightness only, with letters that are made up but have the strokes, the size and the
 * ink of real ones. Measures are those of a screen of the usual density, whatever the scale.
 */
export class PaintedScreen {
  readonly #widthPx: number;
  readonly #heightPx: number;
  readonly #scale: number;
  readonly #luma: Uint8Array;

  constructor(width: number, height: number, scale = 1) {
    this.#scale = scale;
    this.#widthPx = width * scale;
    this.#heightPx = height * scale;
    this.#luma = new Uint8Array(this.#widthPx * this.#heightPx).fill(255);
  }

  fill({ left, top, width, height }: Rectangle, luma: number): this {
    const scale = this.#scale;
    const [endX, endY] = [(left + width) * scale, (top + height) * scale];
    for (let y = top * scale; y < Math.min(endY, this.#heightPx); y += 1) {
      for (let x = left * scale; x < Math.min(endX, this.#widthPx); x += 1) this.#luma[y * this.#widthPx + x] = luma;
    }
    return this;
  }

  /** The same text always looks the same. */
  write(text: string, left: number, top: number, luma = 20, background = 255): this {
    this.fill({ left, top, width: text.length * GLYPH_WIDTH, height: GLYPH_HEIGHT }, background);
    Array.from(text).forEach((letter, index) => {
      if (letter !== ' ') this.#glyph(letter.charCodeAt(0), left + index * GLYPH_WIDTH, top, luma);
    });
    return this;
  }

  /** Lines of made-up code from the top, the first of them the `first`th of a long file. */
  code(first: number, lines: number): this {
    for (let line = 0; line < lines; line += 1) {
      const number = first + line;
      const text = Array.from({ length: 20 + ((number * 37) % 60) }, (_, index) =>
        (index * 7 + number) % 6 === 0 ? ' ' : String.fromCharCode(97 + ((index * 11 + number * 5) % 26)),
      );
      this.write(text.join(''), 40 + 28 * (number % 4), 20 + line * LINE_HEIGHT);
    }
    return this;
  }

  /** What a camera adds to it: noise of each pixel, and lamps that are a little brighter now. */
  withNoise(random: () => number, spread: number, brighter: number): this {
    for (let index = 0; index < this.#luma.length; index += 1) {
      const value = (this.#luma[index] ?? 0) + brighter + (random() - 0.5) * 2 * spread;
      this.#luma[index] = Math.min(255, Math.max(0, value));
    }
    return this;
  }

  /** As the worker sees it: means of cells. */
  grid(): LumaGrid {
    const { columns, rows } = gridOf({ widthPx: this.#widthPx, heightPx: this.#heightPx });
    const cells = new Uint8Array(columns * rows);
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) cells[row * columns + column] = this.#mean(column, row);
    }
    return { columns, rows, cells };
  }

  #mean(column: number, row: number): number {
    const { columns, rows } = gridOf({ widthPx: this.#widthPx, heightPx: this.#heightPx });
    const [fromX, toX] = [column, column + 1].map((at) => Math.floor((at * this.#widthPx) / columns));
    const [fromY, toY] = [row, row + 1].map((at) => Math.floor((at * this.#heightPx) / rows));
    let sum = 0;
    let pixels = 0;
    for (let y = fromY ?? 0; y < (toY ?? 0); y += 1) {
      for (let x = fromX ?? 0; x < (toX ?? 0); x += 1) {
        sum += this.#luma[y * this.#widthPx + x] ?? 0;
        pixels += 1;
      }
    }
    return sum / pixels;
  }

  /** Two or three strokes, which ones depends on the letter. */
  #glyph(code: number, left: number, top: number, luma: number): void {
    const stem = code % 4;
    const bar = 1 + ((code >> 2) % 9);
    this.fill({ left: left + 1 + (stem % 2) * 3, top: top + 1, width: 1, height: GLYPH_HEIGHT - 3 }, luma);
    this.fill({ left: left + 1, top: top + bar, width: 5, height: 1 }, luma);
    if (code % 3 === 0) this.fill({ left: left + 5, top: top + 4, width: 1, height: 6 }, luma);
  }
}
