import type { PointingMessage, SentPictureMessage, ToSurface } from '../../protocol/messages.ts';
import { SHOWN_SOURCES, type Box, type ShownSource } from '../../protocol/picture.ts';
import type { SurfaceHub } from '../../surface/hub.ts';

/** The newest picture of each source exactly as the service got it, and what the model points at in it. */
export class ShownPictures {
  readonly #hub: Pick<SurfaceHub, 'broadcast'>;
  readonly #shown = new Map<ShownSource, SentPictureMessage>();
  readonly #pointing = new Map<ShownSource, PointingMessage>();

  constructor(hub: Pick<SurfaceHub, 'broadcast'>) {
    this.#hub = hub;
  }

  has(source: ShownSource): boolean {
    return this.#shown.has(source);
  }

  /** @param changed it shows something else than the last: what was pointed at there may be gone */
  show(message: SentPictureMessage, changed: boolean): void {
    this.#shown.set(message.source, message);
    this.#hub.broadcast(message);
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
    this.#hub.broadcast(message);
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
    if (this.#pointing.delete(source)) this.#hub.broadcast({ type: 'pointing', source });
  }
}
