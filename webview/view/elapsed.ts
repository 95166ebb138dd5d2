import { element, setHidden, setText } from './element.ts';
import { words } from './words.ts';

/** The session's age as `m:ss`, from an hour on `h:mm:ss`. Clocks that disagree never make it negative. */
export function formatElapsed(elapsedMs: number): string {
  const seconds = Math.max(0, Math.floor(elapsedMs / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}

/** A clock that ticks while a session runs. */
export class Elapsed {
  readonly element = element('span', 'elapsed');
  #startedAtMs: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.element.role = 'timer';
    this.element.ariaLabel = words.elapsed;
    setHidden(this.element, true);
  }

  /** @param startedAtMs Unix time in milliseconds; undefined: no session is live. */
  show(startedAtMs: number | undefined): void {
    if (startedAtMs === this.#startedAtMs) return;
    this.#startedAtMs = startedAtMs;
    setHidden(this.element, startedAtMs === undefined);
    this.#tick();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #tick(): void {
    clearTimeout(this.#timer);
    if (this.#startedAtMs === undefined) return;
    const elapsedMs = Date.now() - this.#startedAtMs;
    setText(this.element, formatElapsed(elapsedMs));
    // At the next full second of the session, so that no second is shown twice as long as another.
    this.#timer = setTimeout(() => this.#tick(), 1000 - (Math.max(0, elapsedMs) % 1000));
  }
}
