import type { Content } from '@google/genai';
import type { PersonEntry, ReplyEntry } from '../protocol/conversation.ts';

/**
 * As much of the conversation as a fresh session is told, in UTF-16 units: about 3,000 tokens, well under what compression
 * would leave of the old one (8,000 tokens).
 */
const MAX_LENGTH = 12_000;

type Said = PersonEntry | ReplyEntry;

/** What was said lately, for a session that could not be resumed. Replies count as far as they were heard. */
export class Memory {
  readonly #entries = new Map<string, Said>();

  get isEmpty(): boolean {
    return this.#recent(undefined).length === 0;
  }

  /** Adds an entry or replaces it by id. */
  keep(entry: Said): void {
    this.#entries.set(entry.id, entry);
    let length = 0;
    for (const { text } of this.#entries.values()) length += text.length;
    for (const [id, { text }] of this.#entries) {
      if (length <= MAX_LENGTH * 2 || id === entry.id) return;
      this.#entries.delete(id);
      length -= text.length;
    }
  }

  /** As turns with roles. @param pending what was typed last and is still to be sent: it is no history yet */
  asTurns(pending?: string): Content[] {
    return this.#recent(pending).map(({ kind, text }) => ({
      role: kind === 'person' ? 'user' : 'model',
      parts: [{ text }],
    }));
  }

  /** As part of an instruction. @param pending as in `asTurns` */
  asInstruction(pending?: string): string {
    const lines = this.#recent(pending).map(({ kind, text }) => `${kind === 'person' ? 'Person' : 'You'}: ${text}`);
    return [
      'The conversation was going on already before this connection. Go on with it; do not greet again. What was said:',
      ...lines,
    ].join('\n');
  }

  #recent(pending: string | undefined): { kind: Said['kind']; text: string }[] {
    const recent: { kind: Said['kind']; text: string }[] = [];
    let left = MAX_LENGTH;
    for (const { kind, text } of [...this.#entries.values()].reverse().sort((a, b) => b.atMs - a.atMs)) {
      const said = text.trim();
      if (said === '' || (recent.length === 0 && kind === 'person' && said === pending?.trim())) continue;
      left -= said.length;
      if (left < 0) break;
      recent.unshift({ kind, text: said });
    }
    return recent;
  }
}
