import type { LiveEvent } from '../wire/live-event.ts';

/**
 * The newest handle a session can be resumed with. While the model generates or waits for a tool the service says that the
 * session cannot be resumed as it stands; the last good handle then still leads back to the moment before.
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

  /** Returns whether this was a handle that leads back to this very moment: all that came before it is part of it. */
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
        // What it has begun to think about is not in any handle yet, though nothing else may show it for long.
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
