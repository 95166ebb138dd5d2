import type { Conversation } from '../conversations/conversation.ts';

/** What a session is told of as it begins. */
export interface Input {
  /** What the person asks about. */
  readonly about: string | undefined;
  readonly texts: readonly string[];
}

/** What waits for the next session: what was typed, what it is about, and what the model is to know. */
export class PendingInput {
  readonly #conversation: Conversation;
  readonly #notes = new Map<string, string>();
  #texts: string[] = [];
  #about: string | undefined;
  /** The entry of the question about it, where that was kept. */
  #question: string | undefined;

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
  }

  add(text: string): void {
    this.#texts.push(text);
  }

  /** How things stand, by topic; the newest of a topic stands for it. */
  addNote(topic: string, text: string): void {
    this.#notes.set(topic, text);
  }

  /** What the person asks about, for the model of the next session. */
  askAbout(about: string): void {
    this.#about = about;
    this.#question = undefined;
  }

  takeNotes(): ReadonlyMap<string, string> {
    const notes = new Map(this.#notes);
    this.#notes.clear();
    return notes;
  }

  take(): Input {
    // It means nothing any more where the conversation that showed the question was cleared.
    const holds = this.#question === undefined || this.#conversation.entries.some(({ id }) => id === this.#question);
    const about = holds ? this.#about : undefined;
    this.#about = undefined;
    this.#question = undefined;
    return { about, texts: this.#texts.splice(0) };
  }

  /** What was typed for a session that did not come about stays to be seen, and the next session is told of it. */
  keep(): void {
    for (const text of this.#texts.splice(0)) this.#question = this.keepOne(text);
    if (this.#question === undefined) this.#about = undefined;
  }

  /** @returns the id of the entry that shows it */
  keepOne(text: string): string {
    const id = crypto.randomUUID();
    this.#conversation.put({ kind: 'person', via: 'text', text, status: 'done', id, atMs: Date.now() });
    return id;
  }
}
