import { isSvg, textOf } from './svg.ts';

/** Picture files a surface can turn into what the service takes. */
export type PictureMimeType = 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif' | 'image/svg+xml';

export type PictureKind =
  | { readonly kind: 'picture'; readonly mimeType: PictureMimeType }
  /** A format that not every browser shows; `format` is what people call it. */
  | { readonly kind: 'other-format'; readonly format: string };

/**
 * How many bytes of a file are enough to tell what it is. A JPEG's size may stand behind a large preview, a drawing's first
 * element behind comments, licences and a DTD's entities; never behind this much in any file seen.
 */
export const HEAD_BYTES = 256 * 1024;

/**
 * What a file is by its first bytes, whatever it is called; undefined when it is no picture. Host and surfaces ask here, so
 * that a file is the same to both however it was given.
 *
 * @param bytes at least `HEAD_BYTES` of the file, or all of it
 */
export function pictureKind(bytes: Uint8Array): PictureKind | undefined {
  const known = FORMATS.find(({ magic }) => magic.every((part) => has(bytes, part)));
  if (known !== undefined) return known.kind;
  return isSvg(textOf(bytes.subarray(0, HEAD_BYTES))) ? picture('image/svg+xml') : undefined;
}

/** Bytes at a place in a file, as Latin-1: one character a byte. */
type Magic = readonly [at: number, bytes: string];

/** Magic bytes as in the WHATWG's MIME Sniffing standard, section 6.1, and for the rest as their formats define them. */
const FORMATS: readonly { readonly magic: readonly Magic[]; readonly kind: PictureKind }[] = [
  { magic: [[0, '\x89PNG\r\n\x1a\n']], kind: picture('image/png') },
  { magic: [[0, '\xff\xd8\xff']], kind: picture('image/jpeg') },
  { magic: [[0, 'GIF8']], kind: picture('image/gif') },
  // RIFF and ISO media are containers of many things; the name of what they hold stands after their own.
  {
    magic: [
      [0, 'RIFF'],
      [8, 'WEBP'],
    ],
    kind: picture('image/webp'),
  },
  { magic: [[4, 'ftypavif']], kind: other('AVIF') },
  { magic: [[4, 'ftypavis']], kind: other('AVIF') },
  { magic: [[4, 'ftypheic']], kind: other('HEIC') },
  { magic: [[4, 'ftypmif1']], kind: other('HEIC') },
  { magic: [[0, 'II*\0']], kind: other('TIFF') },
  { magic: [[0, 'MM\0*']], kind: other('TIFF') },
  // The four reserved bytes of a bitmap are zero; words may begin with BM, too.
  {
    magic: [
      [0, 'BM'],
      [6, '\0\0\0\0'],
    ],
    kind: other('BMP'),
  },
  { magic: [[0, '\0\0\x01\0']], kind: other('ICO') },
  { magic: [[0, '8BPS']], kind: other('Photoshop') },
  { magic: [[0, '%PDF-']], kind: other('PDF') },
  { magic: [[0, '\x1f\x8b']], kind: other('compressed') },
];

function has(bytes: Uint8Array, [at, expected]: Magic): boolean {
  return Array.from(expected, (letter) => letter.charCodeAt(0)).every((byte, index) => bytes[at + index] === byte);
}

function picture(mimeType: PictureMimeType): PictureKind {
  return { kind: 'picture', mimeType };
}

function other(format: string): PictureKind {
  return { kind: 'other-format', format };
}
