// Pictures of known text, drawn by a real browser.
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from '../vscode-host/chromium.ts';

export interface TextPicturePlan {
  readonly text: string;
  readonly typePx: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Light on dark, as editors have it. */
  readonly dark?: boolean;
  /** Where the text begins, in pixels from the left and the top. */
  readonly at?: readonly [left: number, top: number];
  /** JPEG quality, 0 to 100. */
  readonly quality?: number;
  /** Draws a block at the bottom, so many pixels from the left. */
  readonly blockAtPx?: number;
}

export interface TextPictures {
  /** @returns a JPEG of exactly that size */
  draw(plan: TextPicturePlan): Promise<Buffer>;
  /** The same of HTML or SVG. */
  drawMarkup(markup: string, size: { readonly widthPx: number; readonly heightPx: number }): Promise<Buffer>;
  close(): Promise<void>;
}

export async function startTextPictures(): Promise<TextPictures> {
  const browser: Browser = await chromium.launch({
    executablePath: findChromium((line) => console.log(line)),
    args: ['--disable-gpu', '--no-sandbox'],
  });
  const page: Page = await browser.newPage();
  return {
    async draw({ text, typePx, widthPx, heightPx, dark = false, at: [left, top] = [16, 16], quality = 80, blockAtPx }) {
      await page.setViewportSize({ width: widthPx, height: heightPx });
      const colours = dark ? 'background: #1f1f1f; color: #ccc' : 'background: #fff; color: #222';
      const type = `font: ${typePx}px/1.5 'DejaVu Sans'; white-space: pre-wrap`;
      const block = `position: fixed; bottom: 0; left: ${blockAtPx ?? 0}px; width: 300px; height: 300px; background: #c33`;
      const moving = blockAtPx === undefined ? '' : `<i style="${block}"></i>`;
      const body = `margin: ${top}px 0 0 ${left}px; ${colours}; ${type}`;
      await page.setContent(`<body style="${body}">${escaped(text)}${moving}</body>`);
      return page.screenshot({ type: 'jpeg', quality });
    },
    async drawMarkup(markup, { widthPx, heightPx }) {
      await page.setViewportSize({ width: widthPx, height: heightPx });
      await page.setContent(`<body style="margin: 0">${markup}</body>`);
      return page.screenshot({ type: 'jpeg', quality: 80 });
    },
    close: () => browser.close(),
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
