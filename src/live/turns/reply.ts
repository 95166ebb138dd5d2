import type { EntryStatus, ReplyEntry, SourcesEntry } from '../../protocol/conversation.ts';
import { merged } from '../wire/grounding.ts';
import type { Grounding } from '../wire/live-event.ts';
import { HeardText } from './heard-text.ts';

export class Reply {
  readonly number: number;
  readonly heard = new HeardText();
  generating = true;
  #grounding: Grounding = { links: [], searches: [] };
  #status: EntryStatus = 'open';
  readonly #id: string;
  readonly #atMs: number;

  constructor(number: number, id: string, atMs: number) {
    this.number = number;
    this.#id = id;
    this.#atMs = atMs;
  }

  get isOpen(): boolean {
    return this.#status === 'open';
  }

  get wasInterrupted(): boolean {
    return this.#status === 'interrupted';
  }

  /** The service has finished it; it may still be playing. */
  finish(): void {
    this.generating = false;
    this.heard.complete();
    if (this.#status === 'open') this.#status = 'done';
  }

  /** From now on the entry shows what was heard. */
  interrupt(): void {
    this.#status = 'interrupted';
  }

  restsOn(grounding: Grounding): void {
    this.#grounding = merged(this.#grounding, grounding);
  }

  /** Has the reply's own time, so that it stands right below it. */
  sources(): SourcesEntry | undefined {
    const { links, searches } = this.#grounding;
    if (links.length + searches.length === 0) return undefined;
    return { kind: 'sources', id: `${this.#id}-sources`, atMs: this.#atMs, text: '', links, searches };
  }

  entry(): ReplyEntry {
    const { text, heardLength } = this.heard;
    // A reply cut after its last word was heard in full.
    const cut = this.wasInterrupted && heardLength < text.trimEnd().length;
    return {
      kind: 'reply',
      id: this.#id,
      atMs: this.#atMs,
      text: cut ? text.slice(0, heardLength) : text,
      heardLength,
      status: this.wasInterrupted && !cut && !this.generating ? 'done' : this.#status,
    };
  }
}
