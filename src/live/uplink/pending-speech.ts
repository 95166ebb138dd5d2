import { EventEmitter } from 'node:events';
import type { SessionPart } from '../session-part.ts';
import type { LiveEvent } from '../wire/live-event.ts';

interface PendingSpeechEvents {
  /** The words count as gone, though nothing shows it. */
  gone: [];
}

/**
 * Whether the person's words may still be lost: they are being spoken, or nothing shows that they were understood. No
 * handle leads back to them, and nobody can say them again. After a while they count as a cough.
 */
export class PendingSpeech extends EventEmitter<PendingSpeechEvents> implements SessionPart {
  readonly #waitMs: number;
  #speaking = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param waitMs how long words wait for a sign that they were understood */
  constructor(waitMs: number) {
    super();
    this.#waitMs = waitMs;
  }

  get isPending(): boolean {
    return this.#speaking || this.#timer !== undefined;
  }

  onSpeech(speaking: boolean): void {
    this.#speaking = speaking;
    this.#stopTimer();
    if (!speaking) this.#wait();
  }

  onEvent(event: LiveEvent): void {
    switch (event.type) {
      // A reply's transcript shows nothing: it may trail the words that interrupted it.
      case 'inputTranscript':
      case 'audio':
      case 'toolCall':
        this.#stopTimer();
        return;
      case 'interrupted':
        // That was the earlier reply.
        if (!this.#speaking) this.#wait();
        return;
      default:
    }
  }

  onDisconnected(): void {
    this.#stopTimer();
  }

  #wait(): void {
    this.#stopTimer();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.emit('gone');
    }, this.#waitMs);
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
