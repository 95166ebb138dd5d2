import type { LiveEvent } from '../wire/live-event.ts';

/**
 * The newest handle that the session can be resumed with. While the model generates or waits for a tool, the last good
 * one leads back to the moment before.
 */
export class Resumption {
  #handle: string | undefined;
  #isCurrent = false;

  get handle(): string | undefined {
    return this.#handle;
  }

  get isCurrent(): boolean {
    return this.#isCurrent;
  }

  /** @returns whether a handle came that leads back to this very moment */
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
        // The handle does not have what the model is thinking about.
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
