import type { StillFailure } from '../../src/protocol/picture.ts';
import { scaled } from './frame-size.ts';
import { LONGEST_STILL_PX } from './still-limits.ts';
import { svgSize } from './svg-size.ts';

/** More is no drawing but a data set, and would stop the page while it is parsed. */
const MAX_SVG_BYTES = 8 * 1024 * 1024;
/** Lines can be drawn at any size: small drawings are drawn large enough to read the letters in them. */
const SHORTEST_LONG_SIDE_PX = 1024;
const ENLARGEMENT = 2;

/**
 * Draws an SVG file, inert: it is only ever shown as an image, where browsers run no scripts and load nothing. Only a page
 * can do that, so it is drawn here and encoded in the worker.
 */
export async function drawSvg(file: Blob): Promise<ImageBitmap | { readonly reason: StillFailure }> {
  if (file.size > MAX_SVG_BYTES) return { reason: 'too-large' };
  const drawing = prepare(await file.text());
  if (drawing === undefined) return { reason: 'not-a-picture' };
  const { svg, widthPx, heightPx } = drawing;
  const image = new Image();
  // Not from a blob: Chromium lets nothing be read of a drawing from one that has HTML in it, as Mermaid's have.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  try {
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

/** The drawing with a definite size; undefined when it is none. Parsing neither runs nor loads anything. */
function prepare(text: string): { svg: string; widthPx: number; heightPx: number } | undefined {
  const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  if (root.localName !== 'svg' || root.querySelector('parsererror') !== null) return undefined;
  const viewBox = root.getAttribute('viewBox');
  const own = svgSize(root.getAttribute('width'), root.getAttribute('height'), viewBox);
  const longPx = Math.max(own.widthPx, own.heightPx);
  const wishedPx = Math.min(LONGEST_STILL_PX, Math.max(SHORTEST_LONG_SIDE_PX, ENLARGEMENT * longPx));
  const size = scaled(own, wishedPx / longPx);
  if (viewBox === null) root.setAttribute('viewBox', `0 0 ${own.widthPx} ${own.heightPx}`);
  root.setAttribute('width', String(size.widthPx));
  root.setAttribute('height', String(size.heightPx));
  return { svg: new XMLSerializer().serializeToString(root), ...size };
}
