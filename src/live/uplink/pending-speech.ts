import type { LiveEvent } from '../wire/live-event.ts';
import type { LiveTimings } from '../timings.ts';

export interface PendingSpeechOptions {
  readonly timings: Pick<LiveTimings, 'spokenWordsMs'>;
  /** They are not on their way any more, though nothing has come that shows it. */
  readonly onGone: () => void;
}

/**
 * Whether words of the person are on their way: being spoken, or spoken and not yet shown to be understood. No handle leads
 * back to them before that, and unlike what was typed they cannot be said again. Shown they are by the transcript or the
 * beginning of the answer; a handle proves nothing, since it may end the turn that they have interrupted. Where nothing
 * shows, they were a cough, or nobody was spoken to, and after a while they count as gone.
 */
export class PendingSpeech {
  readonly #options: PendingSpeechOptions;
  #speaking = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PendingSpeechOptions) {
    this.#options = options;
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
      // The transcript of a reply may trail the words that have interrupted it, and shows nothing.
      case 'inputTranscript':
      case 'audio':
      case 'toolCall':
        this.#stopTimer();
        return;
      case 'interrupted':
        // What went on until now was the reply of before: the answer to these words is still to come.
        if (!this.#speaking) this.#wait();
        return;
      default:
    }
  }

  /** The connection they went to is gone. */
  lost(): void {
    this.#stopTimer();
  }

  #wait(): void {
    this.#stopTimer();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#options.onGone();
    }, this.#options.timings.spokenWordsMs);
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
