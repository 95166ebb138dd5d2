import type { LiveLog } from './log.ts';
import type { Prices } from './models.ts';
import type { SessionPart } from './session-part.ts';
import type { LiveEvent, TokensByModality, TurnUsage } from './wire/live-event.ts';
import { MetNames } from './wire/unread-fields.ts';

export interface UsageTotals {
  readonly turns: number;
  readonly promptTokens: number;
  readonly responseTokens: number;
  readonly thoughtsTokens: number;
  readonly toolUseTokens: number;
  readonly promptByModality: TokensByModality;
  readonly responseByModality: TokensByModality;
  /** By Google's list prices; bills were seen within about 3 % of it (docs/live-api.md, "Tokens and usage reports"). */
  readonly estimatedUsd: number;
}

const NOTHING: UsageTotals = {
  turns: 0,
  promptTokens: 0,
  responseTokens: 0,
  thoughtsTokens: 0,
  toolUseTokens: 0,
  promptByModality: {},
  responseByModality: {},
  estimatedUsd: 0,
};

/**
 * Adds up what a session uses. Each turn is counted with the whole context again, so turns are summed. Of several
 * reports of one turn the last one counts.
 */
export class UsageMeter implements SessionPart {
  readonly #prices: Prices;
  readonly #log: LiveLog;
  readonly #unreadFields = new MetNames();
  #closedTurns: UsageTotals = NOTHING;
  #turn: TurnUsage | undefined;
  #turnOver = false;

  constructor(prices: Prices, log: LiveLog) {
    this.#prices = prices;
    this.#log = log;
  }

  get totals(): UsageTotals {
    return this.#turn === undefined ? this.#closedTurns : add(this.#closedTurns, this.#turn, this.#prices);
  }

  onEvent(event: LiveEvent): void {
    switch (event.type) {
      case 'audio':
      case 'outputTranscript':
      case 'text':
        this.#outputCame();
        return;
      case 'turnComplete':
        // The report of a turn may come shortly after its end.
        this.#turnOver = true;
        return;
      case 'usage':
        // A turn that is over is not reported again, so this is the next one.
        if (this.#turn !== undefined) this.#outputCame();
        this.#turn = event.usage;
        return;
      case 'malformed':
        this.#log.warn(`skipped: ${event.what}`);
        return;
      case 'unread':
        for (const field of this.#unreadFields.meet(event.fields)) this.#log.debug(`unused field: ${field}`);
        return;
      default:
    }
  }

  #outputCame(): void {
    if (!this.#turnOver) return;
    this.#closedTurns = this.totals;
    this.#turn = undefined;
    this.#turnOver = false;
  }
}

function add(totals: UsageTotals, turn: TurnUsage, prices: Prices): UsageTotals {
  return {
    turns: totals.turns + 1,
    promptTokens: totals.promptTokens + turn.promptTokens,
    responseTokens: totals.responseTokens + turn.responseTokens,
    thoughtsTokens: totals.thoughtsTokens + turn.thoughtsTokens,
    toolUseTokens: totals.toolUseTokens + turn.toolUseTokens,
    promptByModality: addTokens(totals.promptByModality, turn.promptByModality),
    responseByModality: addTokens(totals.responseByModality, turn.responseByModality),
    estimatedUsd: totals.estimatedUsd + cost(turn, prices),
  };
}

function addTokens(left: TokensByModality, right: TokensByModality): TokensByModality {
  const sum: Record<string, number> = { ...left };
  for (const [modality, tokens] of Object.entries(right)) sum[modality] = (sum[modality] ?? 0) + tokens;
  return sum;
}

function cost(turn: TurnUsage, prices: Prices): number {
  const { textIn, audioIn, imageIn, textOut, audioOut } = prices;
  const input: Record<string, number> = { AUDIO: audioIn, IMAGE: imageIn, VIDEO: imageIn, DOCUMENT: imageIn };
  const prompt = priced(turn.promptTokens, turn.promptByModality, input, textIn);
  const response = priced(turn.responseTokens, turn.responseByModality, { AUDIO: audioOut }, textOut);
  // Thoughts are billed as written answers, tool results as read text.
  return (prompt + response + turn.thoughtsTokens * textOut + turn.toolUseTokens * textIn) / 1_000_000;
}

/** What the details leave out, or has no price of its own, counts as text. */
function priced(
  total: number,
  tokens: TokensByModality,
  prices: Readonly<Record<string, number>>,
  textPrice: number,
): number {
  let sum = 0;
  let detailed = 0;
  for (const [modality, count] of Object.entries(tokens)) {
    sum += count * (prices[modality] ?? textPrice);
    detailed += count;
  }
  return sum + Math.max(0, total - detailed) * textPrice;
}
