import type { PersonEntry, ReplyEntry } from '../../protocol/conversation.ts';
import { Memory } from './history.ts';
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
  readonly #memory = new Memory();
  /** What the model was told of earlier at the last fresh start; resuming takes instructions anew, so it is told again. */
  #history: string | undefined;

  constructor(options: BriefingOptions) {
    this.#options = options;
    for (const entry of options.history) this.#memory.keep(entry);
  }

  /** Adds to what was said, or replaces it by id. */
  keep(entry: PersonEntry | ReplyEntry): void {
    this.#memory.keep(entry);
  }

  /** `retold`: a fresh session is told what was said in earlier ones. */
  setup({ handle, unanswered, notes }: ConnectionBriefing): Setup & { readonly retold: boolean } {
    const isFresh = handle === undefined;
    if (isFresh) this.#history = this.#memory.asInstruction(new Set(unanswered.map(({ id }) => id)));
    const { settings, capabilities } = this.#options;
    const setup = buildSetup({
      settings,
      capabilities,
      ...(isFresh ? {} : { handle }),
      history: this.#history,
      notes,
    });
    return { ...setup, retold: isFresh && this.#history !== undefined };
  }
}
