import { LEVEL_STEPS, levelStep } from '../../src/protocol/level.ts';
import { element, setAttribute } from './element.ts';
import { words } from './words.ts';

/** A level that is to be seen is said again four times a second; when that stops, nothing is heard. */
const LEVEL_STALE_MS = 500;

/** The microphone's loudness. It stands at zero whenever nothing arrives: it never pretends to hear. */
export class Meter {
  readonly element = element('span', 'meter');
  readonly #bar = element('span', 'meter-bar');
  #shown: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.element.role = 'meter';
    this.element.ariaValueMin = '0';
    this.element.ariaValueMax = '100';
    this.element.append(this.#bar);
    this.setDevice('');
    this.#stand(0);
  }

  /** @param label The device's name, empty where the browser keeps it to itself. */
  setDevice(label: string): void {
    const name = label === '' ? words.microphone.level : words.microphone.levelOf(label);
    setAttribute(this.element, 'aria-label', name);
    setAttribute(this.element, 'title', name);
  }

  /** @param level RMS of full scale, 0 to 1. */
  show(level: number): void {
    clearTimeout(this.#timer);
    const step = levelStep(level);
    this.#stand(step);
    if (step > 0) this.#timer = setTimeout(() => this.#stand(0), LEVEL_STALE_MS);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  /** Jumps from step to step: what moves smoothly is painted anew for every picture of the screen. */
  #stand(step: number): void {
    if (step === this.#shown) return;
    this.#shown = step;
    const fraction = step / LEVEL_STEPS;
    setAttribute(this.element, 'aria-valuenow', String(Math.round(fraction * 100)));
    this.#bar.style.transform = `scaleX(${fraction.toFixed(3)})`;
  }
}
