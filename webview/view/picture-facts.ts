import { element, setHidden, setText } from './element.ts';
import type { LastPicture } from './last-pictures.ts';
import { shareWords } from './share-words.ts';

/** Shows what was really sent in numbers: size, weight, age, and how many pictures there were. */
export class PictureFacts {
  readonly element = element('p', 'picture-facts');
  readonly #size = element('span', '');
  readonly #weight = element('span', '');
  readonly #age = new PictureAge();
  readonly #sent = element('span', '');

  constructor() {
    this.element.append(this.#size, this.#weight, this.#age.element, this.#sent);
    this.show(undefined, undefined);
  }

  /** @param sentFrames undefined for a single picture, which is not counted */
  show(picture: LastPicture | undefined, sentFrames: number | undefined): void {
    setHidden(this.element, picture === undefined);
    this.#age.show(picture?.sentAtMs);
    if (picture === undefined) return;
    setText(this.#size, shareWords.size(picture.widthPx, picture.heightPx));
    setText(this.#weight, shareWords.weight(picture.bytes));
    setHidden(this.#sent, sentFrames === undefined);
    setText(this.#sent, shareWords.sentFrames(sentFrames ?? 0));
  }

  dispose(): void {
    this.#age.dispose();
  }
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Says how long ago in one unit; clocks that disagree never make it negative. */
function formatAge(ageMs: number): string {
  if (ageMs < 1000) return shareWords.justNow;
  if (ageMs < MINUTE_MS) return shareWords.secondsAgo(Math.floor(ageMs / 1000));
  if (ageMs < HOUR_MS) return shareWords.minutesAgo(Math.floor(ageMs / MINUTE_MS));
  return shareWords.hoursAgo(Math.floor(ageMs / HOUR_MS));
}

/** Says how old a picture is. It ticks no oftener than its words change. */
class PictureAge {
  readonly element = element('span', 'picture-age');
  #sentAtMs: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param sentAtMs Unix time in milliseconds; undefined where there is no picture */
  show(sentAtMs: number | undefined): void {
    if (sentAtMs === this.#sentAtMs) return;
    this.#sentAtMs = sentAtMs;
    setHidden(this.element, sentAtMs === undefined);
    this.#tick();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #tick(): void {
    clearTimeout(this.#timer);
    if (this.#sentAtMs === undefined) return;
    const ageMs = Math.max(0, Date.now() - this.#sentAtMs);
    setText(this.element, formatAge(ageMs));
    const stepMs = ageMs < MINUTE_MS ? 1000 : MINUTE_MS;
    this.#timer = setTimeout(() => this.#tick(), stepMs - (ageMs % stepMs));
  }
}
