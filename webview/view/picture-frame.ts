import { element, setAttribute } from './element.ts';
import type { LastPicture, Pointing } from './last-pictures.ts';
import { PointingBox } from './pointing-box.ts';

/** A picture with what is pointed at in it. Its element has the picture's shape, so that the box always fits. */
export class PictureFrame {
  readonly element = element('span', 'picture-frame');
  readonly #image = element('img', 'picture');
  readonly #pointing = new PointingBox();

  constructor() {
    this.#image.draggable = false;
    // Else there is nothing for a moment, each time one picture takes the place of another.
    this.#image.decoding = 'sync';
    this.element.append(this.#image, this.#pointing.element);
  }

  /** @param alt What the picture is, for whom it cannot be seen. */
  show({ url, widthPx, heightPx }: LastPicture, alt: string, pointing: Pointing | undefined): void {
    const { style } = this.element;
    style.setProperty('--width', String(widthPx));
    style.setProperty('--height', String(heightPx));
    setAttribute(this.#image, 'src', url);
    setAttribute(this.#image, 'alt', alt);
    this.#pointing.show(pointing);
  }

  /** Holds no picture any more. */
  clear(): void {
    this.#image.removeAttribute('src');
    this.#pointing.show(undefined);
  }
}
