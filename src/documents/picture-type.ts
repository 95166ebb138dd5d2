import { isSvg, textOf } from './svg.ts';

/** Picture files a surface can turn into what the service takes. */
export type PictureMimeType = 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif' | 'image/svg+xml';

export type PictureType =
  | { readonly kind: 'picture'; readonly mimeType: PictureMimeType }
  /** A format that not every browser shows; `format` is what people call it. */
  | { readonly kind: 'other-format'; readonly format: string }
  /** Neither the name nor the contents are a picture's. */
  | { readonly kind: 'no-picture' }
  /** Named like a picture, but its contents are none. */
  | { readonly kind: 'damaged' };

/** Ends of file names that say picture, without the dot, as file dialogs want them. Exports of draw.io are png and svg. */
export const PICTURE_EXTENSIONS: readonly string[] = ['png', 'jpg', 'jpeg', 'jpe', 'jfif', 'webp', 'gif', 'svg'];

/** The part of a file name after its last dot, in lower case; empty without one. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/**
 * What a file is, by its contents: a JPEG that is called `.png` is shown as the JPEG it is. The name only decides how it is
 * spoken of where the contents say nothing.
 */
export function pictureTypeOf(name: string, bytes: Uint8Array): PictureType {
  const found = FORMATS.find(({ is }) => is(bytes));
  if (found !== undefined) return found.type;
  if (isSvg(textOf(bytes.subarray(0, SVG_PROLOG_BYTES)))) return picture('image/svg+xml');
  return PICTURE_EXTENSIONS.includes(extensionOf(name)) ? { kind: 'damaged' } : { kind: 'no-picture' };
}

/** Programs write comments, licences and a DTD's entities before the first element; never this much in any file seen. */
const SVG_PROLOG_BYTES = 256 * 1024;

/** Magic bytes as in the WHATWG's MIME Sniffing standard, section 6.1, and for the rest as their formats define them. */
const FORMATS: readonly { readonly is: (bytes: Uint8Array) => boolean; readonly type: PictureType }[] = [
  { is: begins('\x89PNG\r\n\x1a\n'), type: picture('image/png') },
  { is: begins('\xff\xd8\xff'), type: picture('image/jpeg') },
  { is: begins('GIF8'), type: picture('image/gif') },
  // RIFF and ISO media are containers of many things; the name of what they hold stands after their own.
  { is: both(begins('RIFF'), begins('WEBP', 8)), type: picture('image/webp') },
  { is: begins('ftypavif', 4), type: other('AVIF') },
  { is: begins('ftypavis', 4), type: other('AVIF') },
  { is: begins('ftypheic', 4), type: other('HEIC') },
  { is: begins('ftypmif1', 4), type: other('HEIC') },
  { is: begins('II*\0'), type: other('TIFF') },
  { is: begins('MM\0*'), type: other('TIFF') },
  // The four reserved bytes of a bitmap are zero; words may begin with BM, too.
  { is: both(begins('BM'), begins('\0\0\0\0', 6)), type: other('BMP') },
  { is: begins('\0\0\x01\0'), type: other('ICO') },
  { is: begins('8BPS'), type: other('Photoshop') },
  { is: begins('%PDF-'), type: other('PDF') },
  { is: begins('\x1f\x8b'), type: other('compressed') },
];

/** `magic` is Latin-1: one character a byte. */
function begins(magic: string, at = 0): (bytes: Uint8Array) => boolean {
  const expected = Buffer.from(magic, 'latin1');
  return (bytes) => expected.equals(bytes.subarray(at, at + expected.length));
}

function both(one: (bytes: Uint8Array) => boolean, other: (bytes: Uint8Array) => boolean): typeof one {
  return (bytes) => one(bytes) && other(bytes);
}

function picture(mimeType: PictureMimeType): PictureType {
  return { kind: 'picture', mimeType };
}

function other(format: string): PictureType {
  return { kind: 'other-format', format };
}
