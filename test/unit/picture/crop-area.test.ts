import assert from 'node:assert/strict';
import type { Box } from '../../../src/protocol/picture.ts';
import { type CropArea, cropArea } from '../../../webview/picture/crop-area.ts';
import { Seeded } from '../live/seeded.ts';

const SCREEN = { widthPx: 1920, heightPx: 1080 };

function box(top: number, left: number, bottom: number, right: number): Box {
  return { top, left, bottom, right };
}

function place({ leftPx, topPx, widthPx, heightPx }: CropArea): readonly number[] {
  return [leftPx, topPx, widthPx, heightPx];
}

describe('A closer look', () => {
  it('is the region in the pixels of the source', () => {
    assert.deepEqual(place(cropArea(box(500, 250, 750, 500), SCREEN)), [480, 540, 480, 270]);
    assert.deepEqual(place(cropArea(box(0, 0, 1000, 1000), SCREEN)), [0, 0, 1920, 1080]);
  });

  it('is enlarged when it is small, at most twice, and shrunk only above 1,920 px', () => {
    assert.deepEqual(cropArea(box(500, 250, 750, 500), SCREEN).out, { widthPx: 960, heightPx: 540 });
    assert.deepEqual(cropArea(box(0, 0, 1000, 1000), SCREEN).out, SCREEN);
    assert.deepEqual(cropArea(box(0, 0, 1000, 1000), { widthPx: 5120, heightPx: 2880 }).out, SCREEN);
    const half = cropArea(box(0, 0, 500, 500), { widthPx: 3840, heightPx: 2160 });
    assert.deepEqual(half.out, SCREEN, 'at the source’s own resolution');
  });

  it('understands regions that are swapped, empty, outside or no numbers', () => {
    assert.deepEqual(place(cropArea(box(750, 500, 500, 250), SCREEN)), [480, 540, 480, 270]);
    const dot = cropArea(box(500, 500, 500, 500), SCREEN);
    assert.ok(dot.widthPx >= 38 && dot.leftPx <= 960 && dot.leftPx + dot.widthPx >= 960);
    assert.deepEqual(place(cropArea(box(-400, -400, 1_400, 1_400), SCREEN)), [0, 0, 1920, 1080]);
    const beyond = cropArea(box(2_000, 2_000, 3_000, 3_000), SCREEN);
    assert.equal(beyond.leftPx + beyond.widthPx, 1920);
    assert.ok(cropArea(box(NaN, Infinity, NaN, -Infinity), SCREEN).widthPx > 0);
  });

  it('lies within the source and is never empty, whatever is asked of whatever source', () => {
    const seeded = new Seeded();
    console.log(`      SEED=${seeded.seed}`);
    const any = (): number => seeded.next() * 1_600 - 300;
    for (let round = 0; round < 5_000; round += 1) {
      const source = { widthPx: 1 + seeded.below(6_000), heightPx: 1 + seeded.below(6_000) };
      const region = box(any(), any(), any(), any());
      const { leftPx, topPx, widthPx, heightPx, out } = cropArea(region, source);
      const said = JSON.stringify({ region, source });
      assert.ok(leftPx >= 0 && topPx >= 0 && widthPx >= 1 && heightPx >= 1, said);
      assert.ok(leftPx + widthPx <= source.widthPx && topPx + heightPx <= source.heightPx, said);
      assert.ok(out.widthPx >= 1 && out.heightPx >= 1 && Math.max(out.widthPx, out.heightPx) <= 1920, said);
    }
  });
});
