import type { JpegCanvas } from './canvas-jpeg.ts';
import type { Size } from './frame-size.ts';
import type { WorkerPicture } from './worker-messages.ts';

/** Sharp at first; the lower ones are for photographs of a size that a screen never has. */
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
