import type { TextPicturePlan, TextPictures } from './text-picture.ts';

/** Pictures of the film; shown over and over, 20 or 30 a second. */
const PICTURES = 24;

/**
 * What a camera sees that is held at a sheet of paper: the text stands still, and a block wanders along the bottom.
 *
 * @returns an MJPEG film for Chromium's fake camera
 */
export async function cameraFilm(pictures: TextPictures, plan: TextPicturePlan): Promise<Buffer> {
  const frames: Buffer[] = [];
  for (let at = 0; at < PICTURES; at += 1) {
    frames.push(await pictures.draw({ ...plan, blockAtPx: Math.round((at / PICTURES) * plan.widthPx) }));
  }
  // Chromium reads such a file as JPEGs one after another.
  return Buffer.concat(frames);
}
