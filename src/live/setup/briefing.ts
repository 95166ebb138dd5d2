import type { PersonEntry, ReplyEntry } from '../../protocol/conversation.ts';
import type { ModelCapabilities } from '../models.ts';
import type { LiveSettings } from '../settings.ts';
import { buildSetup, type Setup } from './setup.ts';

export interface BriefingOptions {
  readonly settings: LiveSettings;
  readonly capabilities: ModelCapabilities;
  /** What was said before this session. */
  readonly history: readonly (PersonEntry | ReplyEntry)[];
}

export interface ConnectionBriefing {
  /** Resumes the session it was given for; undefined: a fresh session. */
  readonly handle: string | undefined;
  /** What was typed and is still to be sent: it is no history yet. */
  readonly unanswered: readonly PersonEntry[];
  /** What is so at present. */
  readonly notes: string | undefined;
}

/** Makes what the model is told at the beginning of each connection: its job, what was said before, and what is so now. */
export class Briefing {
  readonly #options: BriefingOptions;
  readonly #history = new History();
  /** What the model was told of earlier at the last fresh start; resuming takes instructions anew, so it is told again. */
  #toldHistory: string | undefined;

  constructor(options: BriefingOptions) {
    this.#options = options;
    for (const entry of options.history) this.#history.keep(entry);
  }

  /** Adds to what was said, or replaces it by id. */
  keep(entry: PersonEntry | ReplyEntry): void {
    this.#history.keep(entry);
  }

  /** `retold`: a fresh session is told what was said in earlier ones. */
  setup({ handle, unanswered, notes }: ConnectionBriefing): Setup & { readonly retold: boolean } {
    const isFresh = handle === undefined;
    if (isFresh) this.#toldHistory = this.#history.asInstruction(new Set(unanswered.map(({ id }) => id)));
    const { settings, capabilities } = this.#options;
    const setup = buildSetup({
      settings,
      capabilities,
      ...(isFresh ? {} : { handle }),
      history: this.#toldHistory,
      notes,
    });
    return { ...setup, retold: isFresh && this.#toldHistory !== undefined };
  }
}

/**
 * As much of the conversation as a fresh session is told, in UTF-16 units: about 3,000 tokens, well under what compression
 * would leave of the old one (8,000 tokens).
 */
const MAX_LENGTH = 12_000;

type Said = PersonEntry | ReplyEntry;

/** What was said lately, for a session that could not be resumed. Replies count as far as they were heard. */
export class History {
  readonly #entries = new Map<string, Said>();

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

  /**
   * As part of an instruction.
   *
   * @param pending ids of what was typed and is still to be sent: it is no history yet
   * @returns undefined when nothing was said
   */
  asInstruction(pending: ReadonlySet<string>): string | undefined {
    const said = this.#recent(pending);
    if (said.length === 0) return undefined;
    return [
      'The conversation was going on already before this connection. Go on with it; do not greet again. What was said:',
      ...said.map(({ kind, text }) => `${kind === 'person' ? 'Person' : 'You'}: ${text}`),
    ].join('\n');
  }

  #recent(pending: ReadonlySet<string>): { kind: Said['kind']; text: string }[] {
    const recent: { kind: Said['kind']; text: string }[] = [];
    let left = MAX_LENGTH;
    for (const entry of [...this.#entries.values()].reverse().sort((a, b) => b.atMs - a.atMs)) {
      const said = heardOf(entry).trim();
      if (said === '' || pending.has(entry.id)) continue;
      left -= said.length;
      if (left < 0) break;
      recent.unshift({ kind: entry.kind, text: said });
    }
    return recent;
  }
}

const heardOf = (entry: Said) => (entry.kind === 'reply' ? entry.text.slice(0, entry.heardLength) : entry.text);
