import assert from 'node:assert/strict';
import { frameSize, smallerSize } from '../../../webview/picture/frame-size.ts';

const size = (widthPx: number, heightPx: number) => ({ widthPx, heightPx });

describe('the size of a frame', () => {
  it('is never larger than its source, nor smaller than a pixel', () => {
    for (const source of [size(1, 1), size(1, 2000), size(640, 480), size(1280, 720)]) {
      assert.deepEqual(frameSize(source, 'low'), source);
    }
    assert.ok(frameSize(size(1, 65_000), 'high').widthPx >= 1);
  });

  it('is the width of its detail, with its shape', () => {
    assert.deepEqual(frameSize(size(1920, 1080), 'low'), size(1280, 720));
    assert.deepEqual(frameSize(size(1920, 1080), 'medium'), size(1600, 900));
    assert.deepEqual(frameSize(size(1920, 1200), 'high'), size(1920, 1200));
    assert.deepEqual(frameSize(size(5120, 2880), 'high'), size(1920, 1080));
    assert.deepEqual(frameSize(size(5120, 1440), 'medium'), size(1600, 450));
    assert.deepEqual(frameSize(size(5120, 1), 'low'), size(1280, 1));
  });

  it('is at least 1280 px wide wherever the source is, also where that is taller than wide', () => {
    for (const source of [size(1440, 2560), size(2160, 3840), size(1300, 4000), size(1281, 1282), size(4000, 4001)]) {
      for (const detail of ['low', 'medium', 'high'] as const) {
        let frame: ReturnType<typeof smallerSize> = frameSize(source, detail);
        assert.ok(frame.widthPx >= 1280, `${source.widthPx}x${source.heightPx} at ${detail}: ${frame.widthPx}`);
        // However often its bytes do not fit.
        for (; frame !== undefined; frame = smallerSize(frame, 0.5)) assert.ok(frame.widthPx >= 1280);
      }
    }
  });

  it('of a telephone has no more pixels than one of a screen, with its shape', () => {
    for (const [widthPx, heightPx] of [
      [1080, 2400],
      [100, 20_000],
    ] as const) {
      const frame = frameSize({ widthPx, heightPx }, 'high');
      assert.ok(frame.widthPx * frame.heightPx <= 1920 * 1080 * 1.01);
      assert.ok(Math.abs(frame.heightPx / frame.widthPx / (heightPx / widthPx) - 1) < 0.03, 'its shape is kept');
    }
  });
});
