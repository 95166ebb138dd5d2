import { element, setHidden, setText } from './element.ts';
import type { LastPicture } from './last-pictures.ts';
import { PictureAge } from './picture-age.ts';
import { shareWords } from './share-words.ts';

/** What was really sent, in numbers: size, weight, age, and how many of them there were. */
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

  /** @param sentFrames undefined: a single picture, not counted. */
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
