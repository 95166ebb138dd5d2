import type { PointingMessage, SentPictureMessage, ToSurface } from '../../protocol/messages.ts';
import { SHOWN_SOURCES, type Box, type ShownSource } from '../../protocol/picture.ts';

/** The newest picture of each source exactly as the service got it, and what the model points at in it. */
export class ShownPictures {
  readonly #broadcast: (message: ToSurface) => void;
  readonly #shown = new Map<ShownSource, SentPictureMessage>();
  readonly #pointing = new Map<ShownSource, PointingMessage>();

  constructor(broadcast: (message: ToSurface) => void) {
    this.#broadcast = broadcast;
  }

  has(source: ShownSource): boolean {
    return this.#shown.has(source);
  }

  /** @param changed it shows something else than the last: what was pointed at there may be gone */
  show(message: SentPictureMessage, changed: boolean): void {
    this.#shown.set(message.source, message);
    this.#broadcast(message);
    if (changed) this.#stopPointing(message.source);
  }

  /** The model no longer sees that source. */
  forget(source: ShownSource): void {
    this.#shown.delete(source);
    this.#stopPointing(source);
  }

  pointAt(source: ShownSource, box: Box, label: string): boolean {
    if (!this.has(source)) return false;
    const message: PointingMessage = { type: 'pointing', source, at: { box, label } };
    this.#pointing.set(source, message);
    this.#broadcast(message);
    return true;
  }

  clear(): void {
    for (const source of SHOWN_SOURCES) this.forget(source);
  }

  /** Everything there is to show, for a surface that has just joined. */
  get messages(): readonly ToSurface[] {
    return [...this.#shown.values(), ...this.#pointing.values()];
  }

  #stopPointing(source: ShownSource): void {
    if (this.#pointing.delete(source)) this.#broadcast({ type: 'pointing', source });
  }
}
