import type { Size } from './frame-size.ts';
import type { HeldPicture, WorkerPicture } from './worker-messages.ts';

/** The part of a picture that is drawn; undefined: all of it. */
interface Part {
  readonly leftPx: number;
  readonly topPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** As it is shown, turned the way it is meant to be. */
export function sizeOf(picture: HeldPicture): Size {
  return picture instanceof ImageBitmap
    ? { widthPx: picture.width, heightPx: picture.height }
    : { widthPx: picture.displayWidth, heightPx: picture.displayHeight };
}

/**
 * A canvas that is drawn on and encoded again and again. It stays in the worker's memory, because every drawing is read back.
 */
export class JpegCanvas {
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #context = plainContext(this.#canvas);

  /** Draws the picture at that size, on white where it is transparent. The picture may be closed afterwards. */
  draw(picture: HeldPicture, size: Size, part?: Part): void {
    const { widthPx, heightPx } = size;
    if (this.#canvas.width !== widthPx) this.#canvas.width = widthPx;
    if (this.#canvas.height !== heightPx) this.#canvas.height = heightPx;
    const context = this.#context;
    context.imageSmoothingEnabled = true;
    // Letters fall apart where pixels are merely sampled.
    context.imageSmoothingQuality = 'high';
    context.fillStyle = '#fff';
    context.fillRect(0, 0, widthPx, heightPx);
    if (part === undefined) context.drawImage(picture, 0, 0, widthPx, heightPx);
    else {
      context.drawImage(picture, part.leftPx, part.topPx, part.widthPx, part.heightPx, 0, 0, widthPx, heightPx);
    }
  }

  /** @param quality 0 to 1 */
  encode(quality: number): Promise<Blob> {
    return this.#canvas.convertToBlob({ type: 'image/jpeg', quality });
  }

  /** What is drawn, four bytes a pixel. */
  pixels(): Uint8ClampedArray {
    return this.#context.getImageData(0, 0, this.#canvas.width, this.#canvas.height).data;
  }
}

function plainContext(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (context === null) throw new Error('The browser gives this worker no canvas');
  return context;
}

/** The lower qualities are for photographs larger than any screen. */
const QUALITIES = [0.92, 0.85, 0.75, 0.6, 0.45, 0.3, 0.15] as const;

/** Encodes what is drawn on the canvas as sharply as the bytes allow. */
export async function encodeStill(canvas: JpegCanvas, size: Size, maxBytes: number): Promise<WorkerPicture> {
  let jpeg = new Blob();
  for (const quality of QUALITIES) {
    jpeg = await canvas.encode(quality);
    if (jpeg.size <= maxBytes) break;
  }
  return { jpeg: await jpeg.arrayBuffer(), ...size };
}
