import { MAX_STILL_BYTES } from '../../src/protocol/limits.ts';
import { MAX_PICTURE_FILE_BYTES, type StillFailure } from '../../src/protocol/picture.ts';
import { FrameLoop } from './frame-loop.ts';
import { postToPage, type ToPictureWorker, type WorkerPicture } from './worker-messages.ts';
import { encodeStill, JpegCanvas, sizeOf } from './canvas-jpeg.ts';
import { LONGEST_STILL_PX, MAX_STILL_PIXELS, scaled, type Size } from './frame-size.ts';
import { pictureHead, statedSize } from './picture-file.ts';

// The worker that holds the shared pictures: nothing is decoded, compared, drawn or encoded in the page's own thread.

const loop = new FrameLoop();

async function still(request: number, picture: Blob | ImageBitmap): Promise<void> {
  const made = await makeStill(picture);
  postToPage({ type: 'still', request, made }, 'jpeg' in made ? [made.jpeg] : []);
}

// The other end is picture-worker.ts, which sends nothing but ToPictureWorker.
self.addEventListener('message', ({ data }: MessageEvent<ToPictureWorker>) => {
  switch (data.type) {
    case 'begin':
      loop.begin(data.source, data.epoch, data.frames);
      return;
    case 'end':
      void loop.end(data.source).then(() => postToPage({ ...data, type: 'ended' }));
      return;
    case 'picture':
      loop.take(data);
      return;
    case 'captureSettings':
      loop.configure(data);
      return;
    case 'requestFrame':
      loop.look(data.unlessNewerThanMs);
      return;
    case 'skipped':
      loop.skipped(data.source, data.epoch);
      return;
    case 'crop':
      void loop.crop(data.request, data.source, data.region);
      return;
    case 'still':
      void still(data.request, data.picture);
      return;
  }
});

/** Makes of a picture file, or of a picture that was drawn, the JPEG that is sent. Never rejects for what a file can be. */
async function makeStill(picture: Blob | ImageBitmap): Promise<WorkerPicture | { reason: StillFailure }> {
  const decoded = picture instanceof Blob ? await decode(picture) : picture;
  if (!(decoded instanceof ImageBitmap)) return decoded;
  const { widthPx, heightPx } = sizeOf(decoded);
  const size = scaled({ widthPx, heightPx }, Math.min(1, LONGEST_STILL_PX / Math.max(widthPx, heightPx)));
  const canvas = new JpegCanvas();
  canvas.draw(decoded, size);
  decoded.close();
  return encodeStill(canvas, size, MAX_STILL_BYTES);
}

async function decode(file: Blob): Promise<ImageBitmap | { reason: StillFailure }> {
  if (file.size > MAX_PICTURE_FILE_BYTES) return { reason: 'too-large' };
  try {
    const { head, kind } = await pictureHead(file);
    if (kind === undefined) return { reason: 'not-a-picture' };
    // A drawing is drawn by the page before it comes here.
    if (kind.kind === 'other-format' || kind.mimeType === 'image/svg+xml') return { reason: 'unsupported' };
    const stated = statedSize(kind.mimeType, head);
    if (stated !== undefined && isTooLarge(stated)) return { reason: 'too-large' };
    // Turned as its EXIF data says, and of a moving picture the first one: both are what browsers do here.
    const bitmap = await createImageBitmap(file);
    if (!isTooLarge(sizeOf(bitmap))) return bitmap;
    bitmap.close();
    return { reason: 'too-large' };
  } catch {
    return { reason: 'not-a-picture' };
  }
}

function isTooLarge({ widthPx, heightPx }: Size): boolean {
  return widthPx * heightPx > MAX_STILL_PIXELS;
}
