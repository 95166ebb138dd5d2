import type { Size } from './frame-size.ts';

/** What a file is by its first bytes, whatever it is called. */
export type PictureKind = 'png' | 'jpeg' | 'webp' | 'gif' | 'svg' | 'other-picture';

/** Pictures that are none of the five; the first bytes at 4 of the newer formats of cameras. */
const OTHERS: readonly (readonly [number, string])[] = [
  [0, 'BM'],
  [0, 'II*\0'],
  [0, 'MM\0*'],
  [0, '8BPS'],
  [4, 'ftypheic'],
  [4, 'ftypmif1'],
  [4, 'ftypavif'],
];

/**
 * How many bytes of a file are enough to tell what it is. A JPEG's size may stand behind a large preview, a drawing's first
 * element behind licences and the entities of a DTD.
 */
export const HEAD_BYTES = 256 * 1024;

const SVG_TAG = /<(?:[\w.-]{1,100}:)?svg[\s>/]/i;

/** Undefined: no picture. */
export function pictureKind(head: Uint8Array): PictureKind | undefined {
  if (has(head, 1, 'PNG\r\n')) return 'png';
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'jpeg';
  if (has(head, 0, 'RIFF') && has(head, 8, 'WEBP')) return 'webp';
  if (has(head, 0, 'GIF8')) return 'gif';
  if (OTHERS.some(([at, text]) => has(head, at, text))) return 'other-picture';
  return SVG_TAG.test(new TextDecoder().decode(head.subarray(0, HEAD_BYTES))) ? 'svg' : undefined;
}

/** Width and height as the file's head states them; undefined where it does not, and a decoder has to find out. */
export function statedSize(kind: PictureKind, head: Uint8Array): Size | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  try {
    switch (kind) {
      case 'png':
        return { widthPx: view.getUint32(16), heightPx: view.getUint32(20) };
      case 'gif':
        return { widthPx: view.getUint16(6, true), heightPx: view.getUint16(8, true) };
      case 'jpeg':
        return jpegSize(view);
      case 'webp':
        return webpSize(head, view);
      case 'svg':
      case 'other-picture':
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
