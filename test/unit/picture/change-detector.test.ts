import assert from 'node:assert/strict';
import { hasChanged } from '../../../webview/picture/change-detector.ts';
import { Seeded } from '../live/seeded.ts';
import { LINE_HEIGHT, PaintedScreen } from './painted-screen.ts';

const WIDTH = 960;
const HEIGHT = 540;
const LINES = 28;
const ALL = { left: 0, top: 0, width: WIDTH, height: HEIGHT };
const CARET = { left: 300, top: 220, width: 2, height: 18 };

for (const scale of [1, 2]) {
  const screen = (): PaintedScreen => new PaintedScreen(WIDTH, HEIGHT, scale).code(1, LINES);
  const differs = (now: PaintedScreen, before = screen()): boolean => hasChanged(before.grid(), now.grid(), 'screen');

  describe(`What counts as a change on a screen of ${scale} pixels a point`, () => {
    it('is not the same picture once more', () => assert.equal(differs(screen()), false));

    it('is not a blinking caret, wherever it stands', () => {
      for (let left = 100; left < 116; left += 3) {
        for (const top of [100, 107, 114]) {
          assert.equal(differs(screen().fill({ ...CARET, left, top }, 0)), false, `a caret at ${left}, ${top}`);
        }
      }
    });

    it('is not a thick caret that moved to another line, with a clock ticking and the mouse moving', () => {
      const before = screen()
        .fill({ ...CARET, width: 4 }, 0)
        .write('09:59:59', 880, 4);
      const now = screen()
        .fill({ ...CARET, width: 4, top: 300 }, 0)
        .write('10:00:00', 880, 4)
        .fill({ left: 700, top: 400, width: 12, height: 19 }, 0);
      assert.equal(differs(now, before), false);
    });

    it('is not a clock with seconds, at any time of the day, wherever it stands', () => {
      for (let shift = 0; shift < 32; shift += 5) {
        const before = screen().write('00:00:00', 860 + shift, 4 + (shift % 16));
        const now = screen().write('23:48:57', 860 + shift, 4 + (shift % 16));
        assert.equal(differs(now, before), false, `a clock at ${860 + shift}`);
      }
    });

    it('is code that was scrolled by one line, or by three pixels', () => {
      assert.equal(differs(new PaintedScreen(WIDTH, HEIGHT, scale).code(2, LINES)), true);
      const shifted = new PaintedScreen(WIDTH, HEIGHT, scale);
      for (let line = 0; line < LINES; line += 1) shifted.write('const value = next();', 40, 17 + line * LINE_HEIGHT);
      const before = new PaintedScreen(WIDTH, HEIGHT, scale);
      for (let line = 0; line < LINES; line += 1) before.write('const value = next();', 40, 20 + line * LINE_HEIGHT);
      assert.equal(differs(shifted, before), true);
    });

    it('is a sentence that was typed, also in grey on black', () => {
      const sentence = 'several words were typed';
      assert.equal(differs(screen().write(sentence, 700, 300)), true);
      const dark = (): PaintedScreen => screen().fill(ALL, 30);
      assert.equal(differs(dark().write(sentence, 703, 309, 120, 30), dark()), true);
    });

    it('is a dialog, a new window, and a picture that goes dark', () => {
      assert.equal(differs(screen().fill({ left: 500, top: 300, width: 400, height: 160 }, 235)), true);
      assert.equal(differs(new PaintedScreen(WIDTH, HEIGHT, scale).code(300, LINES)), true);
      assert.equal(differs(screen().fill(ALL, 0)), true);
    });
  });
}

describe('What counts as a change', () => {
  it('is another size of the source, and in a tiny window whatever fills a good part of it', () => {
    const wide = new PaintedScreen(800, 600).grid();
    assert.equal(hasChanged(wide, new PaintedScreen(600, 800).grid(), 'screen'), true);
    const dot = new PaintedScreen(1, 1);
    assert.equal(hasChanged(dot.grid(), new PaintedScreen(1, 1).grid(), 'screen'), false);
    const black = new PaintedScreen(1, 1).fill({ left: 0, top: 0, width: 1, height: 1 }, 0);
    assert.equal(hasChanged(dot.grid(), black.grid(), 'screen'), true);
  });

  it('is in front of a camera neither noise nor the hum of lamps, but a hand that comes in', () => {
    const seeded = new Seeded();
    console.log(`      SEED=${seeded.seed}`);
    const random = (): number => seeded.next();
    const desk = (): PaintedScreen =>
      new PaintedScreen(1280, 720)
        .fill({ left: 0, top: 0, width: 1280, height: 720 }, 110)
        .fill({ left: 300, top: 200, width: 500, height: 300 }, 190);
    const before = desk().withNoise(random, 25, 0).grid();
    for (const brighter of [-8, 0, 8]) {
      assert.equal(hasChanged(before, desk().withNoise(random, 25, brighter).grid(), 'camera'), false);
    }
    const hand = desk().fill({ left: 900, top: 400, width: 250, height: 320 }, 160);
    assert.equal(hasChanged(before, hand.withNoise(random, 25, 0).grid(), 'camera'), true);
  });
});
