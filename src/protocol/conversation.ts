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

/** A place in the workspace that an entry names. */
export interface NamedPlace {
  /** Workspace-relative, with forward slashes. */
  readonly path: string;
  /** From 1; absent: the file as a whole. */
  readonly line?: number;
  readonly endLine?: number;
}

/** A place that a proposed change is for. */
export interface ProposedPlace extends NamedPlace {
  /** The change's id. It is known for as long as the change waits for the person's decision; it is not kept. */
  readonly proposal: string;
}

/** Something the model did by a tool, as one quiet line: `Read src/cart.ts 10 to 48`. */
export interface ToolEntry {
  readonly kind: 'tool';
  readonly id: string;
  /** Unix time, milliseconds. */
  readonly atMs: number;
  readonly text: string;
  /** `failed`: it came to nothing; `text` then says why. */
  readonly status: 'running' | 'done' | 'failed';
  /** What the line opens. */
  readonly opens?: NamedPlace | ProposedPlace;
}

/** Where a reply that was grounded by Google Search has it from. Google's terms want both shown. */
export interface SourcesEntry {
  readonly kind: 'sources';
  readonly id: string;
  /** Unix time, milliseconds. */
  readonly atMs: number;
  /** Empty: sources have no text of their own. */
  readonly text: string;
  readonly links: readonly { readonly title: string; readonly uri: string }[];
  /** What was searched for. */
  readonly searches: readonly string[];
}

export type Entry = PersonEntry | ReplyEntry | NoticeEntry | ToolEntry | SourcesEntry;
