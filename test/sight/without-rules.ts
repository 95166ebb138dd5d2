import type { GreyPicture } from './grey-picture.ts';

/** No stroke of a letter is so long, and no frame of a box in a diagram so short. */
const SHORTEST_RULE_PX = 48;
/** A rule is a line, not the edge of a dark area. */
const THICKEST_RULE_PX = 5;
/** What is darker than its surroundings by so much is ink. */
const INK_BELOW = 190;
/** Of a rule's pixels that must stand free on both sides; others are crossed by something. */
const FREE_SHARE = 0.7;

/** The picture, dark on light, without long thin lines: recognisers take a word in a box for a part of a drawing. */
export function withoutRules({ widthPx, heightPx, pixels }: GreyPicture): GreyPicture {
  const cleaned = Uint8Array.from(pixels);
  wipe(pixels, cleaned, { lines: heightPx, lineStep: widthPx, length: widthPx, step: 1 });
  wipe(pixels, cleaned, { lines: widthPx, lineStep: 1, length: heightPx, step: widthPx });
  return { widthPx, heightPx, pixels: cleaned };
}

interface Direction {
  readonly lines: number;
  readonly lineStep: number;
  readonly length: number;
  readonly step: number;
}

function wipe(pixels: Uint8Array, cleaned: Uint8Array, { lines, lineStep, length, step }: Direction): void {
  const isInk = (line: number, at: number): boolean =>
    line >= 0 && line < lines && (pixels[line * lineStep + at * step] ?? 255) < INK_BELOW;
  for (let line = 0; line < lines; line += 1) {
    for (let at = 0; at < length; at += 1) {
      const begin = at;
      while (at < length && isInk(line, at)) at += 1;
      if (at - begin < SHORTEST_RULE_PX) continue;
      let free = 0;
      for (let each = begin; each < at; each += 1) {
        if (!isInk(line - THICKEST_RULE_PX, each) && !isInk(line + THICKEST_RULE_PX, each)) free += 1;
      }
      if (free / (at - begin) < FREE_SHARE) continue;
      // With the grey at its edges.
      for (let beside = -1; beside <= 1; beside += 1) {
        if (line + beside < 0 || line + beside >= lines) continue;
        for (let each = begin; each < at; each += 1) cleaned[(line + beside) * lineStep + each * step] = 255;
      }
    }
  }
}
