import assert from 'node:assert/strict';
import { pictureTypeOf, type PictureType } from '../../../src/documents/picture-type.ts';
import { pictureHead } from '../../../webview/picture/picture-file.ts';

const bytes = (latin1: string): Uint8Array => Buffer.from(latin1, 'latin1');
const picture = (format: string): PictureType => ({ kind: 'picture', mimeType: `image/${format}` }) as PictureType;
const other = (format: string): PictureType => ({ kind: 'other-format', format });

const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
const LICENCE = `<!-- ${'All rights reserved. '.repeat(1_000)}-->`;

/** A file, and what it is; undefined: no picture. */
const FILES: readonly (readonly [string, Uint8Array, PictureType | undefined])[] = [
  ['a drawing in UTF-16, little end first', Buffer.from(`\uFEFF${DRAWING}`, 'utf16le'), picture('svg+xml')],
  ['a drawing in UTF-16, big end first', Buffer.from(`\uFEFF${DRAWING}`, 'utf16le').swap16(), picture('svg+xml')],
  ['Markdown that mentions a drawing', bytes('# How to draw\n\nBegin with `<svg >` and end with `</svg>`.'), undefined],
  ['a page with a drawing in it', bytes(`<!doctype html><html><body>${DRAWING}</body></html>`), undefined],
  ['PDF', bytes('%PDF-1.7\n'), other('PDF')],
  ['an icon of Windows', bytes('\0\0\x01\0\x01\0'), other('ICO')],
  ['a text that begins with BM', bytes('BMW and others'), undefined],
  ['a bitmap', bytes('BM\x36\0\0\0\0\0\0\0\x36'), other('BMP')],
  ['a moving AVIF', bytes('\0\0\0\x1cftypavis'), other('AVIF')],
  ['a compressed drawing', bytes('\x1f\x8b\x08\0'), other('compressed')],
  ['HEIC', bytes('\0\0\0\x18ftypheic'), other('HEIC')],
  ['TIFF', bytes('II*\0'), other('TIFF')],
  ['PNG', bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'), picture('png')],
  ['JPEG', bytes('\xff\xd8\xff\xe0'), picture('jpeg')],
  ['GIF', bytes('GIF89a'), picture('gif')],
  ['WebP', bytes('RIFF\0\0\0\0WEBPVP8 '), picture('webp')],
  ['a sound in the same container', bytes('RIFF\0\0\0\0WAVEfmt '), undefined],
  ['a drawing behind a long licence', bytes(`<?xml version="1.0"?>\n${LICENCE}${DRAWING}`), picture('svg+xml')],
  ['a drawing under a prefix', bytes('<svg:svg xmlns:svg="http://www.w3.org/2000/svg"/>'), picture('svg+xml')],
  ['nothing', new Uint8Array(), undefined],
];

describe('What a picture file is', () => {
  for (const [what, contents, expected] of FILES) {
    it(`is the same opened by a command and dropped on the view: ${what}`, async () => {
      assert.deepEqual(pictureTypeOf('file', contents), expected ?? { kind: 'no-picture' }, 'opened');
      const { kind } = await pictureHead(new Blob([Uint8Array.from(contents)]));
      assert.deepEqual(kind, expected, 'dropped');
    });
  }
});
