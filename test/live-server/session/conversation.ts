// What was said so far, which a resumption handle brings back on another socket, and what it costs in tokens.

export interface Exchange {
  role: 'user' | 'model';
  kind: 'speech' | 'text' | 'picture' | 'tool';
  /** What was said or written; for speech what was understood of it; for a picture its size. */
  text: string;
  /**
   * 25 a second of audio (docs/live-api.md, "Tokens and usage reports"), 258 a picture (docs/live-api.md, "Pictures"),
   * and about one for 4 characters of text.
   */
  tokens: number;
}

export const AUDIO_TOKENS_PER_SECOND = 25;
const PICTURE_TOKENS = 258;
const CHARACTERS_PER_TOKEN = 4;
/** The input window of the 3.8 models; without compression the session would end there. */
const WINDOW_TOKENS = 131_072;

export interface Compression {
  triggerTokens: number;
  targetTokens: number;
}

export class Conversation {
  readonly model: string;
  #exchanges: Exchange[];

  constructor(model: string, exchanges: readonly Exchange[] = []) {
    this.model = model;
    this.#exchanges = [...exchanges];
  }

  get exchanges(): readonly Exchange[] {
    return this.#exchanges;
  }

  /** The whole context, which is billed again on every turn. */
  tokens(kinds: readonly Exchange['kind'][]): number {
    return this.#exchanges.reduce((sum, each) => sum + (kinds.includes(each.kind) ? each.tokens : 0), 0);
  }

  addSpeech(role: 'user' | 'model', text: string, durationMs: number): void {
    this.#add({ role, kind: 'speech', text, tokens: Math.ceil((durationMs / 1000) * AUDIO_TOKENS_PER_SECOND) });
  }

  addText(role: 'user' | 'model', text: string, kind: 'text' | 'tool' = 'text'): void {
    this.#add({ role, kind, text, tokens: Math.ceil(text.length / CHARACTERS_PER_TOKEN) });
  }

  addPicture(widthPx: number, heightPx: number): void {
    this.#add({ role: 'user', kind: 'picture', text: `${widthPx} by ${heightPx}`, tokens: PICTURE_TOKENS });
  }

  /** The sliding window: drops the oldest exchanges once the trigger is passed, until a user turn within the target. */
  compress(compression: Compression | undefined): void {
    const all = ['speech', 'text', 'picture', 'tool'] as const;
    if (this.tokens(all) <= (compression?.triggerTokens ?? WINDOW_TOKENS)) return;
    const targetTokens = compression?.targetTokens ?? WINDOW_TOKENS / 2;
    while (this.#exchanges.length > 1 && (this.tokens(all) > targetTokens || this.#exchanges[0]?.role === 'model')) {
      this.#exchanges.shift();
    }
  }

  snapshot(): Conversation {
    return new Conversation(this.model, this.#exchanges);
  }

  #add(exchange: Exchange): void {
    this.#exchanges.push(exchange);
  }
}
