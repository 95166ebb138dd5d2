import type { Conversation } from '../conversations/conversation.ts';

/** Typed before there was a session to take it. */
export class UnsentTexts {
  readonly #conversation: Conversation;
  #texts: string[] = [];

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
  }

  add(text: string): void {
    this.#texts.push(text);
  }

  /** For the session that has begun. */
  take(): readonly string[] {
    return this.#texts.splice(0);
  }

  /** What was typed for a session that did not come about stays to be seen, and the next session is told of it. */
  keep(): void {
    for (const text of this.take()) {
      const entry = { kind: 'person', via: 'text', text, status: 'done' } as const;
      this.#conversation.put({ ...entry, id: crypto.randomUUID(), atMs: Date.now() });
    }
  }
}
