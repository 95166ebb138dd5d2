import type { StillFailure } from '../../src/protocol/picture.ts';
import { sizeSvg } from './svg-frame.ts';

/** More is no drawing but a data set, and would stop the page while it is drawn. */
const MAX_SVG_BYTES = 8 * 1024 * 1024;

/**
 * Draws an SVG file, inert: it is only ever shown as an image, where browsers run no scripts and load nothing. Only a page
 * can do that, so it is drawn here and encoded in the worker.
 */
export async function drawSvg(file: Blob): Promise<ImageBitmap | { readonly reason: StillFailure }> {
  if (file.size > MAX_SVG_BYTES) return { reason: 'too-large' };
  const sized = sizeSvg(await file.text());
  if (sized === undefined) return { reason: 'not-a-picture' };
  const { svg, widthPx, heightPx } = sized;
  const image = new Image();
  try {
    // Not from a blob: Chromium lets nothing be read of a drawing from one that has HTML in it, as Mermaid's have.
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    await image.decode();
  } catch {
    return { reason: 'not-a-picture' };
  }
  try {
    const canvas = new OffscreenCanvas(widthPx, heightPx);
    canvas.getContext('2d')?.drawImage(image, 0, 0, widthPx, heightPx);
    return canvas.transferToImageBitmap();
  } catch {
    return { reason: 'unsupported' }; // The browser keeps this drawing to itself.
  }
}
