import { element, setAttribute, setHidden, setText } from './element.ts';
import type { LastPicture, Pointing } from './last-pictures.ts';

/** A picture with what is pointed at. The element has the picture's shape, so that the box always fits. */
export class PictureFrame {
  readonly element = element('span', 'picture-frame');
  readonly #image = element('img', 'picture');
  readonly #pointing = new PointingBox();

  constructor() {
    this.#image.draggable = false;
    // Decoded later, each new picture would leave a gap for a moment.
    this.#image.decoding = 'sync';
    this.element.append(this.#image, this.#pointing.element);
  }

  /** @param alt what the picture shows, for people who cannot see it */
  show({ url, widthPx, heightPx }: LastPicture, alt: string, pointing: Pointing | undefined): void {
    const { style } = this.element;
    style.setProperty('--width', String(widthPx));
    style.setProperty('--height', String(heightPx));
    setAttribute(this.#image, 'src', url);
    setAttribute(this.#image, 'alt', alt);
    this.#pointing.show(pointing);
  }

  clear(): void {
    this.#image.removeAttribute('src');
    this.#pointing.show(undefined);
  }
}

/** A box is given in thousandths of the picture. */
const PER_PERCENT = 10;
/** A label needs this much of the picture above its box, in percent; otherwise it goes elsewhere. */
const LABEL_ROOM_PERCENT = 14;

/** What the model points at. The box fills the element around it, which has the picture's size. */
class PointingBox {
  readonly element = element('span', 'pointing');
  readonly #box = element('span', 'pointing-box');
  readonly #label = element('span', 'pointing-label');
  #shown: Pointing | undefined;

  constructor() {
    // The name of the element around it says this already.
    this.element.ariaHidden = 'true';
    this.element.append(this.#box, this.#label);
    setHidden(this.element, true);
  }

  show(pointing: Pointing | undefined): void {
    if (pointing === this.#shown) return;
    this.#shown = pointing;
    setHidden(this.element, pointing === undefined);
    if (pointing === undefined) return;
    const { top, left, bottom, right } = percentages(pointing);
    place(this.#box, { top, left, right: 100 - right, bottom: 100 - bottom });
    setText(this.#label, pointing.label);
    setHidden(this.#label, pointing.label === '');
    // The label stands outside the box where there is room, and never reaches out of the picture.
    const above = top >= LABEL_ROOM_PERCENT;
    const below = !above && bottom <= 100 - LABEL_ROOM_PERCENT;
    const fromLeft = left + right <= 100;
    place(this.#label, {
      ...(above ? { bottom: 100 - top } : below ? { top: bottom } : { top }),
      ...(fromLeft ? { left } : { right: 100 - right }),
    });
    keepWithin(this.#label, above ? 'bottom' : 'top');
    this.#label.style.maxWidth = `${fromLeft ? 100 - left : right}%`;
  }
}

/** Pulls an edge back until a label's height fits into the picture, however small that is. */
function keepWithin({ style }: HTMLElement, edge: 'top' | 'bottom'): void {
  style[edge] = `min(${style[edge]}, 100% - var(--label-height))`;
}

type Edges = Partial<Record<'top' | 'left' | 'bottom' | 'right', number>>;

function place(target: HTMLElement, edges: Edges): void {
  const { style } = target;
  for (const edge of ['top', 'left', 'bottom', 'right'] as const) {
    const value = edges[edge];
    style[edge] = value === undefined ? 'auto' : `${value.toFixed(2)}%`;
  }
}

/** Keeps a box within the picture and the right way round, whatever the model gives. */
function percentages({ box }: Pointing): Required<Edges> {
  const percent = (value: number): number => Math.min(Math.max(value / PER_PERCENT, 0), 100);
  const [top, bottom] = [percent(box.top), percent(box.bottom)];
  const [left, right] = [percent(box.left), percent(box.right)];
  return {
    top: Math.min(top, bottom),
    bottom: Math.max(top, bottom),
    left: Math.min(left, right),
    right: Math.max(left, right),
  };
}
