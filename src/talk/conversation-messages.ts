import type { Entry } from '../protocol/conversation.ts';
import type { ConversationMessage } from '../protocol/messages.ts';
import type { SurfaceHub } from '../surface/hub.ts';

/**
 * While a reply comes and plays its text grows many times a second, and each time surfaces lay it out and paint it anew.
 * People hear three words a second and read five.
 */
const GROWS_EVERY_MS = 200;

/** What surfaces are told of the conversation: news at once, what only grows a few times a second. */
export class ConversationMessages {
  readonly #hub: Pick<SurfaceHub, 'broadcast'>;
  readonly #waiting = new Map<string, Entry>();
  /** The status that was last told, by entry. */
  readonly #told = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(hub: Pick<SurfaceHub, 'broadcast'>) {
    this.#hub = hub;
  }

  changed({ reset, entries }: Omit<ConversationMessage, 'type'>): void {
    if (reset) {
      this.#waiting.clear();
      this.#told.clear();
      this.#hub.broadcast({ type: 'conversation', reset, entries });
      return;
    }
    const isNews = entries.some((entry) => !('status' in entry) || this.#told.get(entry.id) !== entry.status);
    for (const entry of entries) {
      this.#waiting.set(entry.id, entry);
      if ('status' in entry) this.#told.set(entry.id, entry.status);
    }
    if (isNews || this.#timer === undefined) this.#send();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.size === 0) return;
    const entries = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#hub.broadcast({ type: 'conversation', reset: false, entries });
    this.#timer = setTimeout(() => this.#send(), GROWS_EVERY_MS);
  }
}
