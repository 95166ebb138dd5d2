import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'mocha';
import { pictureTypeOf } from '../../../src/documents/picture-type.ts';
import { isSvg, svgFile, textOf } from '../../../src/protocol/svg.ts';

const bytes = (latin1: string): Uint8Array => Buffer.from(latin1, 'latin1');
const drawing = '<svg xmlns="http://www.w3.org/2000/svg"/>';

describe('what a file is', () => {
  it('a real picture is known whatever it is called', async () => {
    const png = await readFile(new URL('../../../media/icon.png', import.meta.url));
    for (const name of ['icon.png', 'icon.jpg', 'icon', 'notes.txt']) {
      assert.deepEqual(pictureTypeOf(name, png), { kind: 'picture', mimeType: 'image/png' }, name);
    }
  });

  it('tells the formats browsers show, and those they do not, by name', () => {
    const files: readonly (readonly [string, string])[] = [
      ['\xff\xd8\xff\xe0\0\x10JFIF', 'image/jpeg'],
      ['GIF89a\x01\0', 'image/gif'],
      ['RIFF\x10\0\0\0WEBPVP8 ', 'image/webp'],
      [drawing, 'image/svg+xml'],
      ['\0\0\0\x1cftypavif', 'AVIF'],
      ['\0\0\0\x18ftypheic', 'HEIC'],
      ['BM\x36\0\0\0\0\0\0\0\x36', 'BMP'],
      ['II*\0\x08', 'TIFF'],
      ['\0\0\x01\0\x01', 'ICO'],
      ['%PDF-1.7', 'PDF'],
    ];
    for (const [contents, expected] of files) {
      const type = pictureTypeOf('x', bytes(contents));
      const found = type.kind === 'picture' ? type.mimeType : type.kind === 'other-format' ? type.format : type.kind;
      assert.equal(found, expected);
    }
  });

  it('a sound is no picture though its container is the same, nor is a text that begins like one', () => {
    assert.deepEqual(pictureTypeOf('a.wav', bytes('RIFF\x10\0\0\0WAVEfmt ')), { kind: 'no-picture' });
    assert.deepEqual(pictureTypeOf('a.txt', bytes('BMW and others')), { kind: 'no-picture' });
  });

  it('what is called a picture and is none is damaged', () => {
    for (const name of ['shot.PNG', 'a.drawio.svg', 'x.jpeg']) {
      assert.deepEqual(pictureTypeOf(name, bytes('not at all')), { kind: 'damaged' }, name);
    }
  });
});

describe('an SVG drawing', () => {
  it('is known behind everything that may stand before it', () => {
    const doctype = '<!DOCTYPE svg [ <!ENTITY ns "http://www.w3.org/2000/svg"> ]>';
    for (const prolog of [
      '',
      '\uFEFF',
      '\n\n  ',
      '<?xml version="1.0" encoding="UTF-8"?>\n',
      '<!-- made by <hand> -->',
      '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">',
      `<?xml version="1.0"?><?xml-stylesheet href="a.css"?>\n<!-- a --><!-- b -->${doctype}\n`,
    ]) {
      assert.ok(isSvg(prolog + drawing), prolog);
    }
    assert.ok(isSvg('<svg:svg xmlns:svg="http://www.w3.org/2000/svg"></svg:svg>'));
  });

  it('is not seen in a page, in a comment, or in what never ends', () => {
    for (const text of [`<html>${drawing}</html>`, `<!-- ${drawing}`, `<!-- ${drawing} -->`, '<svgx/>', '<?xml', '']) {
      assert.ok(!isSvg(text), text);
    }
  });

  it('is decided at once, however many comments a file has', () => {
    assert.ok(!isSvg('<!---->'.repeat(40_000)));
  });

  it('in UTF-16 is read as well', () => {
    const utf16 = Buffer.from(`\uFEFF${drawing}`, 'utf16le');
    assert.deepEqual(pictureTypeOf('x.svg', utf16), { kind: 'picture', mimeType: 'image/svg+xml' });
  });

  it('is read in the encoding it declares, and in UTF-8 where there is no such encoding', () => {
    const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><svg><text>é</text></svg>`;
    assert.match(textOf(Buffer.from(declared('ISO-8859-1'), 'latin1')), />é</);
    for (const encoding of ['UTF-8', 'utf-16', 'klingon']) {
      assert.match(textOf(Buffer.from(declared(encoding))), />é</, encoding);
    }
  });

  it('from an editor says no other encoding than the one it is written in', () => {
    const file = textOf(
      svgFile(`<?xml version="1.0" encoding="ISO-8859-1" standalone="no"?>\n<svg><text>é</text></svg>`),
    );
    assert.equal(file, '<?xml version="1.0" standalone="no"?>\n<svg><text>é</text></svg>');
  });
});
