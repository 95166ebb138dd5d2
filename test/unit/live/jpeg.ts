import type { LivePicture } from '../../../src/live/uplink/picture-queue.ts';

/**
 * A JPEG as far as a server looks: its headers say its size, and the rest is filling.
 *
 * @param mark one byte, to tell pictures apart by: the last
 */
export function jpeg({ bytes = 1_000, widthPx = 1600, heightPx = 900, mark = 0 } = {}): Uint8Array {
  const picture = Buffer.alloc(bytes, 0x55);
  picture.writeUInt16BE(0xffd8, 0);
  picture.writeUInt16BE(0xffc0, 2);
  picture.writeUInt16BE(17, 4);
  picture.writeUInt8(8, 6);
  picture.writeUInt16BE(heightPx, 7);
  picture.writeUInt16BE(widthPx, 9);
  picture.writeUInt8(mark, bytes - 1);
  return picture;
}

/** Fresh and wanted, unless told otherwise. */
export function picture(
  options: Parameters<typeof jpeg>[0] & { ageMs?: number; isWanted?: () => boolean } = {},
): LivePicture {
  const { ageMs = 0, isWanted = () => true, ...about } = options;
  return { bytes: jpeg(about), capturedAtMs: performance.now() - ageMs, isWanted };
}

export const markOf = (bytes: Uint8Array): number => bytes.at(-1) ?? -1;
