import type { PersonEntry, ReplyEntry } from '../../protocol/conversation.ts';
import type { ModelCapabilities } from '../models.ts';
import type { LiveSettings } from '../settings.ts';
import { buildSetup, type Setup } from './setup.ts';

export interface BriefingOptions {
  readonly settings: LiveSettings;
  readonly capabilities: ModelCapabilities;
  readonly history: readonly (PersonEntry | ReplyEntry)[];
}

export interface ConnectionBriefing {
  /** Undefined: a fresh session. */
  readonly handle: string | undefined;
  /** It is still to be sent, so it is no history yet. */
  readonly unanswered: readonly PersonEntry[];
  readonly notes: string | undefined;
}

/**
 * Makes what the model is told at the beginning of each connection: its job, what was said before, and what is so now.
 */
export class Briefing {
  readonly #options: BriefingOptions;
  readonly #history = new History();
  /** Resuming takes instructions anew, so what the last fresh start told is told again. */
  #toldHistory: string | undefined;

  constructor(options: BriefingOptions) {
    this.#options = options;
    for (const entry of options.history) this.#history.keep(entry);
  }

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

/** About 3,000 tokens in UTF-16 units. Compression would have left 8,000 of the old session. */
const MAX_LENGTH = 12_000;

type Said = PersonEntry | ReplyEntry;

/** What was said lately. Replies count as far as they were heard. */
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
   * @param pending ids of what is still to be sent
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
