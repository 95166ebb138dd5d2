/** A picture in shades of grey, 0 black to 255 white, row by row. */
export interface GreyPicture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixels: Uint8Array;
}

/** Reads a binary PGM (`P5`) of 8 bits. @throws for anything else */
export function decodePgm(bytes: Uint8Array): GreyPicture {
  // Three numbers, each after white space or a comment, and one white space before the pixels.
  const header = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const match = /^P5(?:\s|#[^\n]*\n)+(\d+)\s+(\d+)\s+255\s/.exec(header);
  if (match === null) throw new Error('Not a PGM of 8 bits.');
  const [start, width, height] = match;
  const [widthPx, heightPx] = [Number(width), Number(height)];
  const pixels = bytes.subarray(start.length, start.length + widthPx * heightPx);
  if (pixels.length < widthPx * heightPx) throw new Error('A PGM that ends too early.');
  return { widthPx, heightPx, pixels };
}

export function encodePgm({ widthPx, heightPx, pixels }: GreyPicture): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${widthPx} ${heightPx}\n255\n`), pixels]);
}

/** The same picture dark on light, as recognisers like it: a mostly dark one is turned into its negative. */
export function darkOnLight(picture: GreyPicture): GreyPicture {
  let sum = 0;
  for (const value of picture.pixels) sum += value;
  if (sum / picture.pixels.length >= 128) return picture;
  return { ...picture, pixels: picture.pixels.map((value) => 255 - value) };
}

/**
 * Enlarges by a whole number with the Catmull-Rom spline, which keeps the edges of letters.
 *
 * @param factor 1, 2, 3 …
 */
export function enlarge(picture: GreyPicture, factor: number): GreyPicture {
  if (factor === 1) return picture;
  const wide = stretchRows(picture, factor);
  return transpose(stretchRows(transpose(wide), factor));
}

/** Every row `factor` times as long. */
function stretchRows({ widthPx, heightPx, pixels }: GreyPicture, factor: number): GreyPicture {
  const wide = widthPx * factor;
  const stretched = new Uint8ClampedArray(wide * heightPx);
  const phases = Array.from({ length: factor }, (_, phase) => catmullRom((phase + 0.5) / factor - 0.5));
  const at = (row: number, x: number): number => pixels[row + Math.min(widthPx - 1, Math.max(0, x))] ?? 0;
  for (let y = 0; y < heightPx; y += 1) {
    const row = y * widthPx;
    for (let x = 0; x < widthPx; x += 1) {
      const [p0, p1, p2, p3, p4] = [at(row, x - 2), at(row, x - 1), at(row, x), at(row, x + 1), at(row, x + 2)];
      for (let phase = 0; phase < factor; phase += 1) {
        const [w0 = 0, w1 = 0, w2 = 0, w3 = 0, w4 = 0] = phases[phase] ?? [];
        stretched[y * wide + x * factor + phase] = p0 * w0 + p1 * w1 + p2 * w2 + p3 * w3 + p4 * w4;
      }
    }
  }
  return { widthPx: wide, heightPx, pixels: new Uint8Array(stretched.buffer) };
}

/** Weights of the pixels from two before to two after, for a point `offset` (-0.5 to 0.5) from the middle one. */
function catmullRom(offset: number): readonly number[] {
  return [-2, -1, 0, 1, 2].map((position) => {
    const x = Math.abs(position - offset);
    if (x < 1) return 1.5 * x ** 3 - 2.5 * x ** 2 + 1;
    if (x < 2) return -0.5 * x ** 3 + 2.5 * x ** 2 - 4 * x + 2;
    return 0;
  });
}

function transpose({ widthPx, heightPx, pixels }: GreyPicture): GreyPicture {
  const turned = new Uint8Array(pixels.length);
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) turned[x * heightPx + y] = pixels[y * widthPx + x] ?? 0;
  }
  return { widthPx: heightPx, heightPx: widthPx, pixels: turned };
}
