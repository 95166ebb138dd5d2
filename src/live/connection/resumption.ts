import type { LiveEvent } from '../wire/live-event.ts';

/**
 * The newest handle that the session can be resumed with. While the model generates or waits for a tool there is none for
 * the present state; the last good handle then still leads back to the moment before.
 */
export class Resumption {
  #handle: string | undefined;
  #isCurrent = false;

  get handle(): string | undefined {
    return this.#handle;
  }

  /** Resuming now loses nothing that was said. */
  get isCurrent(): boolean {
    return this.#isCurrent;
  }

  /** @returns whether this is a handle that leads back to this very moment: all that came before is part of it */
  onEvent(event: LiveEvent): boolean {
    switch (event.type) {
      case 'resumption':
        this.#isCurrent = event.resumable && event.handle !== undefined;
        if (this.#isCurrent) this.#handle = event.handle;
        return this.#isCurrent;
      case 'audio':
      case 'outputTranscript':
      case 'inputTranscript':
      case 'toolCall':
        this.#isCurrent = false;
        return false;
      case 'interactionStatus':
        // No handle has what the model thinks about, though nothing else may show that it thinks.
        if (event.status === 'IN_PROGRESS') this.#isCurrent = false;
        return false;
      default:
        return false;
    }
  }

  drop(): void {
    this.#handle = undefined;
    this.#isCurrent = false;
  }
}
