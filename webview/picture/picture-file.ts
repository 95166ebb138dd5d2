import { HEAD_BYTES, pictureKind, type PictureKind, type PictureMimeType } from '../../src/protocol/picture-kind.ts';
import type { Size } from './frame-size.ts';

/** What a file is, and as much of it as tells that; without a kind where it is no picture. */
export async function pictureHead(
  file: Blob,
): Promise<{ readonly head: Uint8Array; readonly kind: PictureKind | undefined }> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  return { head, kind: pictureKind(head) };
}

/** Width and height as the file's head states them; undefined where it does not, and a decoder has to find out. */
export function statedSize(mimeType: PictureMimeType, head: Uint8Array): Size | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  try {
    switch (mimeType) {
      case 'image/png':
        return { widthPx: view.getUint32(16), heightPx: view.getUint32(20) };
      case 'image/gif':
        return { widthPx: view.getUint16(6, true), heightPx: view.getUint16(8, true) };
      case 'image/jpeg':
        return jpegSize(view);
      case 'image/webp':
        return webpSize(head, view);
      case 'image/svg+xml':
        return undefined;
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined; // The file ends before it says.
    throw error;
  }
}

/** Walks over the segments up to the frame header (ITU-T T.81, B.2.2). */
function jpegSize(view: DataView): Size | undefined {
  let at = 2;
  while (view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    const isFrameHeader = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrameHeader) return { widthPx: view.getUint16(at + 7), heightPx: view.getUint16(at + 5) };
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** The three ways in which a WebP begins (RFC 9649, 2.5 to 2.7). */
function webpSize(head: Uint8Array, view: DataView): Size | undefined {
  if (has(head, 12, 'VP8X')) {
    const three = (at: number): number => view.getUint16(at, true) + view.getUint8(at + 2) * 0x1_00_00;
    return { widthPx: three(24) + 1, heightPx: three(27) + 1 };
  }
  if (has(head, 12, 'VP8L')) {
    const bits = view.getUint32(21, true);
    return { widthPx: (bits & 0x3f_ff) + 1, heightPx: ((bits >>> 14) & 0x3f_ff) + 1 };
  }
  if (has(head, 12, 'VP8 ')) {
    return { widthPx: view.getUint16(26, true) & 0x3f_ff, heightPx: view.getUint16(28, true) & 0x3f_ff };
  }
  return undefined;
}

function has(head: Uint8Array, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (head[at + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}
