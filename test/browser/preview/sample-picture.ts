import type { Browser } from 'playwright-core';

/** A picture as a surface would have made it. */
export interface SamplePicture {
  readonly jpeg: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A screen with something on it: a real JPEG, so that what is shown of it can be looked at. */
export async function takeSamplePicture(
  browser: Browser,
  { widthPx, heightPx, text }: { readonly widthPx: number; readonly heightPx: number; readonly text: string },
): Promise<SamplePicture> {
  const page = await browser.newPage({ viewport: { width: widthPx, height: heightPx } });
  const lines = Array.from({ length: Math.ceil(heightPx / 32) }, (_, line) => `${line + 1}  ${text}`);
  await page.setContent(`<body style="margin:0;background:linear-gradient(135deg,#fdf6e3,#cfe8ef)">
    <pre style="margin:24px;font:18px/32px monospace;color:#073642">${lines.join('\n')}</pre>`);
  const jpeg = new Uint8Array(await page.screenshot({ type: 'jpeg', quality: 70 }));
  await page.close();
  return { jpeg, widthPx, heightPx };
}
