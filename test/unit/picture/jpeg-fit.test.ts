import assert from 'node:assert/strict';
import { FRAME_LIMITS, type Size } from '../../../webview/picture/frame-size.ts';
import { JpegFit, LOWEST_QUALITY } from '../../../webview/picture/jpeg-fit.ts';

const SCREEN: Size = { widthPx: 1920, heightPx: 1080 };
const BUDGET = FRAME_LIMITS.high.bytes;

interface Try extends Size {
  readonly quality: number;
}

/** Encodes as Chromium did a page of code; `busy` 1 is one filled with 12 px letters from side to side. */
class Encoder {
  readonly tries: Try[] = [];
  busy: number;

  constructor(busy: number) {
    this.busy = busy;
  }

  encode = ({ widthPx, heightPx }: Size, quality: number): Promise<Blob> => {
    this.tries.push({ widthPx, heightPx, quality });
    const bytes = this.busy * 330_000 * quality ** 0.58 * ((widthPx * heightPx) / (1920 * 1080)) ** 0.85;
    return Promise.resolve(new Blob([new Uint8Array(Math.round(bytes))]));
  };

  get last(): Try {
    return this.tries.at(-1) ?? assert.fail('nothing was encoded');
  }
}

async function fitMany(fit: JpegFit, encoder: Encoder, frames: number, wished = SCREEN): Promise<number[]> {
  const bytes: number[] = [];
  for (let frame = 0; frame < frames; frame += 1) {
    bytes.push((await fit.fit(wished, BUDGET, encoder.encode)).jpeg.size);
  }
  return bytes;
}

describe('The bytes of a frame', () => {
  it('are kept to, from the first frame on, however busy the screen is', async () => {
    for (const busy of [0.02, 0.3, 0.6, 0.8, 1]) {
      const bytes = await fitMany(new JpegFit(), new Encoder(busy), 20);
      assert.ok(Math.max(...bytes) <= BUDGET, `${busy}: ${bytes.join(', ')}`);
    }
  });

  it('cost quality first, then size, and never legibility', async () => {
    const [half, dense, noise] = [new Encoder(0.5), new Encoder(1), new Encoder(9)];
    await fitMany(new JpegFit(), half, 10);
    assert.equal(half.last.widthPx, 1920);
    assert.ok(half.last.quality > LOWEST_QUALITY);
    await fitMany(new JpegFit(), dense, 10);
    assert.ok(dense.last.widthPx < 1920 && dense.last.widthPx >= 1280);
    await fitMany(new JpegFit(), noise, 10);
    assert.equal(noise.last.widthPx, 1280, 'over its budget, since it cannot be legible within');
    assert.ok(noise.last.quality < LOWEST_QUALITY);
  });

  it('are found with one encoding a frame, and with one more when the screen becomes busier', async () => {
    const fit = new JpegFit();
    const encoder = new Encoder(0.5);
    await fitMany(fit, encoder, 1);
    encoder.tries.length = 0;
    await fitMany(fit, encoder, 20);
    assert.ok(encoder.tries.length <= 22, `${encoder.tries.length} encodings for 20 frames`);
    encoder.busy = 0.9;
    encoder.tries.length = 0;
    await fitMany(fit, encoder, 1);
    assert.ok(encoder.tries.length <= 3);
  });

  it('are used for a better picture when the screen becomes quiet', async () => {
    const fit = new JpegFit();
    const encoder = new Encoder(1.2);
    await fitMany(fit, encoder, 3);
    encoder.busy = 0.2;
    await fitMany(fit, encoder, 12);
    assert.equal(encoder.last.widthPx, 1920);
    assert.ok(encoder.last.quality > 0.75);
  });
});
