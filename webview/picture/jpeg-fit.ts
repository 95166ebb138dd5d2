import { type Size, smallerSize } from './frame-size.ts';

/**
 * A frame becomes smaller before it becomes worse than this. Measured on a 1080p screen full of 12 px code at 90 kB with
 * tesseract: 95 % of the words were read at full width and a quality of 0.13, 97 % at 1,600 px and 0.26, 93 % at 1,280 px and
 * 0.51.
 */
export const LOWEST_QUALITY = 0.28;
/** When a frame cannot become smaller any more: large letters are still legible. */
const LAST_QUALITY = 0.2;
/** Above this a screen gains nothing that a model reads. */
const HIGHEST_QUALITY = 0.85;
/** What is tried for the first frame of a share. */
const FIRST_QUALITY = 0.6;
/** One encoding is the rule, two when the picture has become busier; more would take longer than they save. */
const MAX_TRIES = 4;
/** A frame that leaves more than this of its budget unused lets the next one be better. */
const WELL_USED = 0.75;
/** Bytes grow about as this power of the quality, on pages of text (0.25: 126 kB, 0.35: 152, 0.6: 204, 0.85: 305). */
const BYTES_BY_QUALITY = 0.6;
/** Aim a little below the budget: the estimate is one. */
const AIM = 0.94;

export interface EncodedJpeg extends Size {
  readonly jpeg: Blob;
}

/** Draws the picture at that size and encodes it; quality from 0 to 1. */
export type EncodeJpeg = (size: Size, quality: number) => Promise<Blob>;

interface Attempt {
  readonly size: Size;
  readonly quality: number;
}

/**
 * Fits the frames of one share to their bytes. It remembers which quality and size fitted, so that frames that resemble each
 * other are encoded once each.
 */
export class JpegFit {
  #quality = FIRST_QUALITY;
  /** How much of the wished width fitted; 1 but for very busy pictures. */
  #shrink = 1;

  /**
   * @param wished largest size
   * @param budgetBytes kept but for a picture that does not fit at the lowest quality and the smallest legible size
   */
  async fit(wished: Size, budgetBytes: number, encode: EncodeJpeg): Promise<EncodedJpeg> {
    let attempt: Attempt = { size: this.#startSize(wished), quality: this.#quality };
    let jpeg = await encode(attempt.size, attempt.quality);
    for (let tries = 1; jpeg.size > budgetBytes && tries < MAX_TRIES; tries += 1) {
      const next = lighter(attempt, (AIM * budgetBytes) / jpeg.size);
      if (next === undefined) break;
      attempt = next;
      jpeg = await encode(attempt.size, attempt.quality);
    }
    this.#shrink = attempt.size.widthPx / wished.widthPx;
    this.#quality = attempt.quality;
    if (jpeg.size < WELL_USED * budgetBytes) this.#improve(budgetBytes / jpeg.size);
    return { jpeg, ...attempt.size };
  }

  /** The next frame may be better: legible first, then larger, then sharper. */
  #improve(room: number): void {
    const step = Math.min(1.2, room ** 0.5);
    if (this.#quality < LOWEST_QUALITY) this.#quality = Math.min(LOWEST_QUALITY, this.#quality * step);
    else if (this.#shrink < 1) this.#shrink = Math.min(1, this.#shrink * step);
    else this.#quality = Math.min(HIGHEST_QUALITY, this.#quality * step);
  }

  #startSize(wished: Size): Size {
    return (this.#shrink < 1 ? smallerSize(wished, this.#shrink ** 2) : undefined) ?? wished;
  }
}

/** What to try next for so much (less than 1) of the bytes; undefined when no lighter frame would be legible. */
function lighter({ size, quality }: Attempt, share: number): Attempt | undefined {
  const lower = quality * share ** (1 / BYTES_BY_QUALITY);
  if (lower >= LOWEST_QUALITY) return { size, quality: lower };
  const shareAtLowest = share * Math.max(1, quality / LOWEST_QUALITY) ** BYTES_BY_QUALITY;
  const smaller = shareAtLowest < 1 ? smallerSize(size, shareAtLowest) : size;
  if (smaller !== undefined) return { size: smaller, quality: LOWEST_QUALITY };
  if (quality > LOWEST_QUALITY) return { size, quality: LOWEST_QUALITY };
  return quality > LAST_QUALITY ? { size, quality: Math.max(LAST_QUALITY, lower) } : undefined;
}
