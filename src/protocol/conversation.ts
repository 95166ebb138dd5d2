/** How far an entry has come. `interrupted`: cut short by the person; `text` then holds only what was heard. */
export type EntryStatus = 'open' | 'done' | 'interrupted';

/** What the person said (transcribed by the service) or typed. */
export interface PersonEntry {
  readonly kind: 'person';
  readonly id: string;
  /** Unix time, milliseconds. */
  readonly atMs: number;
  readonly via: 'voice' | 'text';
  readonly text: string;
  readonly status: EntryStatus;
}

/** What the model answered. */
export interface ReplyEntry {
  readonly kind: 'reply';
  readonly id: string;
  /** Unix time, milliseconds. */
  readonly atMs: number;
  /** All of the reply that has arrived; once interrupted, only what was heard. */
  readonly text: string;
  /** How many UTF-16 units of `text` have been played so far, 0 to text.length. */
  readonly heardLength: number;
  readonly status: EntryStatus;
}

/** Something that happened to the conversation: it ended, it was resumed, a window was reloaded. */
export interface NoticeEntry {
  readonly kind: 'notice';
  readonly id: string;
  /** Unix time, milliseconds. */
  readonly atMs: number;
  readonly text: string;
}

export type Entry = PersonEntry | ReplyEntry | NoticeEntry;
