import type { Browser, Page } from 'playwright-core';

/** A colour, 0 to 255 each. */
export type Rgb = readonly [number, number, number];

/** Looks at the pixels of encoded pictures, in a page of its own. */
export class PicturePixels {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async open(browser: Browser): Promise<PicturePixels> {
    return new PicturePixels(await browser.newPage());
  }

  /** The size that the file has when it is decoded, and the colours at some places, in shares of width and height. */
  async look(
    picture: Uint8Array,
    places: readonly (readonly [number, number])[] = [],
  ): Promise<{ widthPx: number; heightPx: number; colours: readonly Rgb[] }> {
    const base64 = Buffer.from(picture).toString('base64');
    const found = await this.#page.evaluate(`(async () => {
      const bytes = Uint8Array.fromBase64 ? Uint8Array.fromBase64('${base64}') : Uint8Array.from(atob('${base64}'), (c) => c.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes]));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d');
      context.drawImage(bitmap, 0, 0);
      const colours = ${JSON.stringify(places)}.map(([x, y]) =>
        [...context.getImageData(Math.floor(x * bitmap.width), Math.floor(y * bitmap.height), 1, 1).data].slice(0, 3));
      return { widthPx: bitmap.width, heightPx: bitmap.height, colours };
    })()`);
    return found as { widthPx: number; heightPx: number; colours: readonly Rgb[] }; // as the script above returns it
  }

  /** Draws in a page and returns the file; `draw` is the body of a function of `context`, `width` and `height`. */
  async draw(type: string, width: number, height: number, draw: string): Promise<Uint8Array> {
    const base64 = await this.#page.evaluate(`(async () => {
      const [width, height] = [${width}, ${height}];
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      ${draw}
      const blob = await canvas.convertToBlob({ type: '${type}', quality: 0.9 });
      const bytes = new Uint8Array(await blob.arrayBuffer());
      let text = '';
      for (let at = 0; at < bytes.length; at += 1) text += String.fromCharCode(bytes[at]);
      return btoa(text);
    })()`);
    return Uint8Array.from(Buffer.from(String(base64), 'base64'));
  }
}

export function isNear(colour: Rgb | undefined, expected: Rgb, by = 24): boolean {
  return colour?.every((value, channel) => Math.abs(value - (expected[channel] ?? 0)) <= by) === true;
}
