import { element, setHidden, setText } from './element.ts';
import type { Pointing } from './last-pictures.ts';

/** A box is given in thousandths of the picture. */
const PER_PERCENT = 10;
/** Where there is less of the picture than this above a box, percent, its label goes elsewhere. */
const LABEL_ROOM_PERCENT = 14;

/** What the model points at, drawn over a picture that has the size of the element around. */
export class PointingBox {
  readonly element = element('span', 'pointing');
  readonly #box = element('span', 'pointing-box');
  readonly #label = element('span', 'pointing-label');
  #shown: Pointing | undefined;

  constructor() {
    // Told by the name of what is around it; over a picture it is only to be seen.
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
    // Outside the box where there is room, and always reaching into the picture rather than out of it.
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

/** Pulled back to where a label's height still fits into the picture, however small that is. */
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

/** Within the picture whatever a model gives, and never inside out. */
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
