import { element, setAttribute } from './element.ts';
import { words } from './words.ts';

/** Levels come about ten times a second; after three that did not come, nothing is heard. */
const LEVEL_STALE_MS = 300;
/** Where the meter begins, in dB of full scale: the hiss of a quiet room is about there, speech is 30 dB above it. */
const METER_FLOOR_DB = -60;

/** How far the meter stands out, 0 to 1, in even steps of loudness: the RMS itself would hardly move for a soft voice. */
export function meterFraction(rms: number): number {
  if (!(rms > 0)) return 0;
  const db = 20 * Math.log10(Math.min(rms, 1));
  return Math.max(0, 1 - db / METER_FLOOR_DB);
}

/** The microphone's loudness. It stands at zero whenever nothing arrives: it never pretends to hear. */
export class Meter {
  readonly element = element('span', 'meter');
  readonly #bar = element('span', 'meter-bar');
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
    this.#stand(meterFraction(level));
    if (level > 0) this.#timer = setTimeout(() => this.#stand(0), LEVEL_STALE_MS);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #stand(fraction: number): void {
    setAttribute(this.element, 'aria-valuenow', String(Math.round(fraction * 100)));
    const scale = `scaleX(${fraction.toFixed(3)})`;
    if (this.#bar.style.transform !== scale) this.#bar.style.transform = scale;
  }
}
