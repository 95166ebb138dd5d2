import { EventEmitter } from 'node:events';
import type { SessionPart } from '../session-part.ts';
import type { LiveEvent } from '../wire/live-event.ts';

interface PendingSpeechEvents {
  /** The words count as gone, though nothing came that shows it. */
  gone: [];
}

/**
 * Whether words of the person are being spoken, or were spoken and not yet shown to be understood. No handle leads back to
 * them before that, and they cannot be said again. The transcript or the beginning of the answer shows it; a handle does not,
 * since it may end the turn that they interrupted. Where nothing shows they were a cough, and count as gone after a while.
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
      // The transcript of a reply shows nothing: it may trail the words that interrupted it.
      case 'inputTranscript':
      case 'audio':
      case 'toolCall':
        this.#stopTimer();
        return;
      case 'interrupted':
        // That was the earlier reply: the answer to these words is still to come.
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
