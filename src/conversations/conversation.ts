import * as vscode from 'vscode';
import type { Entry } from '../protocol/conversation.ts';

/** Entries kept of one conversation; the oldest go first. At about 150 characters each this stays well under a megabyte. */
export const MAX_ENTRIES = 2_000;

/** The conversation as it stands: the one list every surface shows and the disk keeps. */
export class Conversation implements vscode.Disposable {
  #list: Entry[];
  #open = false;
  readonly #changed = new vscode.EventEmitter<{ reset: boolean; entries: readonly Entry[] }>();
  /** Entries that came or changed; `reset` when they replace all that was there. */
  readonly onDidChange = this.#changed.event;

  constructor(entries: readonly Entry[] = []) {
    this.#list = entries.slice(-MAX_ENTRIES);
  }

  /** Whether a session is going on: kept with the entries, so that one that was cut off is known afterwards. */
  get sessionOpen(): boolean {
    return this.#open;
  }

  set sessionOpen(open: boolean) {
    if (this.#open === open) return;
    this.#open = open;
    this.#changed.fire({ reset: false, entries: [] });
  }

  get entries(): readonly Entry[] {
    return this.#list;
  }

  /** Adds the entry, or replaces the one with its id where it stands. An entry that became empty is taken away. */
  put(entry: Entry): void {
    const at = this.#list.findLastIndex(({ id }) => id === entry.id);
    const spoken = entry.kind === 'person' || entry.kind === 'reply';
    const empty = spoken && entry.text === '' && entry.status !== 'open';
    if (empty) {
      if (at === -1) return;
      this.#list.splice(at, 1);
      this.#changed.fire({ reset: true, entries: this.#list });
      return;
    }
    if (at === -1) this.#list.splice(this.#placeOf(entry), 0, entry);
    else this.#list[at] = entry;
    if (this.#list.length > MAX_ENTRIES) this.#list.splice(0, this.#list.length - MAX_ENTRIES);
    this.#changed.fire({ reset: false, entries: [entry] });
  }

  /** Where a new entry belongs: by its time, since a transcript may come after the answer to it. */
  #placeOf({ atMs }: Entry): number {
    return this.#list.findLastIndex((other) => other.atMs <= atMs) + 1;
  }

  /** A quiet line between the turns. */
  notice(text: string): void {
    this.put({ kind: 'notice', id: crypto.randomUUID(), atMs: Date.now(), text });
  }

  clear(): void {
    this.replace([]);
  }

  replace(entries: readonly Entry[]): void {
    this.#list = entries.slice(-MAX_ENTRIES);
    this.#changed.fire({ reset: true, entries: this.#list });
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
