import assert from 'node:assert/strict';
import { statedSize } from '../../../webview/picture/picture-file.ts';
import { sizeSvg, svgSize } from '../../../webview/picture/svg-frame.ts';

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? Array.from(part, (letter) => letter.charCodeAt(0)) : part)),
  );

const PNG = bytes([0x89], 'PNG\r\n', [0x1a, 0x0a, 0, 0, 0, 13], 'IHDR', [0, 0, 3, 0x20, 0, 0, 2, 0x58]);
const GIF = bytes('GIF89a', [0x20, 3, 0x58, 2]);
const JPEG = bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc4, 0, 3, 9], [0xff, 0xc2, 0, 11, 8, 2, 0x58, 3, 0x20]);
const riff = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  bytes('RIFF', [0, 0, 0, 0], 'WEBP', ...parts);
const LOSSY = riff('VP8 ', [0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 0x20, 3, 0x58, 2]);
const LOSSLESS = riff('VP8L', [0, 0, 0, 0, 0x2f, 0x1f, 0xc3, 0x95, 0]);
const EXTENDED = riff('VP8X', [10, 0, 0, 0, 0, 0, 0, 0, 0x1f, 3, 0, 0x57, 2, 0]);

describe('A picture file', () => {
  it('states its size before it is decoded', () => {
    const size = { widthPx: 800, heightPx: 600 };
    assert.deepEqual(statedSize('image/png', PNG), size);
    assert.deepEqual(statedSize('image/gif', GIF), size);
    assert.deepEqual(statedSize('image/jpeg', JPEG), size);
    for (const webp of [LOSSY, LOSSLESS, EXTENDED]) assert.deepEqual(statedSize('image/webp', webp), size);
  });

  it('that ends too early states none', () => {
    assert.equal(statedSize('image/png', PNG.subarray(0, 18)), undefined);
    assert.equal(statedSize('image/jpeg', JPEG.subarray(0, 15)), undefined);
    assert.equal(statedSize('image/webp', LOSSLESS.subarray(0, 22)), undefined);
    assert.equal(statedSize('image/gif', GIF.subarray(0, 7)), undefined);
  });
});

describe('The size of a drawing', () => {
  const of = (...stated: Parameters<typeof svgSize>): readonly number[] => {
    const { widthPx, heightPx } = svgSize(...stated);
    return [Math.round(widthPx), Math.round(heightPx)];
  };

  it('is what it states, in any unit', () => {
    assert.deepEqual(of('640', '480px', null), [640, 480]);
    assert.deepEqual(of('10cm', '1in', null), [378, 96]);
    assert.deepEqual(of('90pt', '2em', null), [120, 32]);
  });

  it('follows from its view box where it states a share of a page, one side, or nothing', () => {
    assert.deepEqual(of('100%', '100%', '0 0 300 100'), [300, 100]);
    assert.deepEqual(of('600', null, '0 0 300 100'), [600, 200]);
    assert.deepEqual(of(null, null, '-10,-10,300,100'), [300, 100]);
    assert.deepEqual(of(null, null, null), [300, 150]);
    assert.deepEqual(of('0', '-5', '0 0 0 0'), [300, 150]);
    assert.deepEqual(of('calc(1px)', 'auto', 'none'), [300, 150]);
  });
});

describe('A drawing that is made ready to be drawn', () => {
  it('has a definite size, a view box and its namespace, and is otherwise what it was', () => {
    const text = '<?xml version="1.0"?><!-- <svg width="9"> --><svg class="a>b" width="30" height=\'20\'><g/></svg>';
    const sized = sizeSvg(text);
    assert.deepEqual([sized?.widthPx, sized?.heightPx], [1024, 683]);
    assert.match(sized?.svg ?? '', /^<\?xml version="1.0"\?><!-- <svg width="9"> --><svg .*><g\/><\/svg>$/);
    for (const part of ['class="a>b"', 'viewBox="0 0 30 20"', 'width="1024"', 'xmlns="http://www.w3.org/2000/svg"']) {
      assert.ok(sized?.svg.includes(part), part);
    }
  });

  it('does not hold itself to the width of a page', () => {
    const sized = sizeSvg('<svg viewBox="0 0 900 300" width="100%" style="color: red; max-width: 450px; opacity: 1"/>');
    assert.deepEqual([sized?.widthPx, sized?.heightPx], [1800, 600]);
    assert.ok(sized?.svg.includes('style="color: red; opacity: 1"') === true, sized?.svg);
    assert.ok(sized.svg.endsWith('/>'), sized.svg);
  });

  it('may have its elements under a prefix', () => {
    const svg = '<svg:svg xmlns:svg="http://www.w3.org/2000/svg" width="30" height="20"><svg:g/></svg:svg>';
    const sized = sizeSvg(svg);
    assert.deepEqual([sized?.widthPx, sized?.heightPx], [1024, 683]);
    assert.match(sized?.svg ?? '', /^<svg:svg xmlns:svg="[^"]*" .*width="1024".*><svg:g\/><\/svg:svg>$/);
    assert.ok(sized?.svg.includes(' xmlns=') === false, 'its own namespace is enough');
  });

  it('is none without a root', () => assert.equal(sizeSvg('<!-- <svg> --><svgx>'), undefined));
});
