// What the server can be told to do on a connection: the verbs of a script, and of a test that acts by hand.
import type { JsonObject } from '../wire/json-value.ts';
import type { CloseReason } from '../wire/reasons.ts';

export type UsagePlace = 'last-content' | 'generation-complete' | 'own-message' | 'turn-complete';

/** How a reply travels. Chances are drawn from the server's seeded generator. */
export interface Delivery {
  /** From the end of the user's turn to the first audio. The real service needs 600 to 1,600; tests need not wait. */
  firstAudioDelayMs: number;
  /**
   * Generation speed; 3.3 was measured (docs/live-api.md, "How a reply arrives"). 1 with jitter gives a network that
   * barely keeps up.
   */
  timesRealTime: number;
  /** Length of one inlineData part. */
  partMs: number;
  /** At most so many parts in a frame; the number is drawn for each. One on models that cannot do more. */
  partsPerFrame: number;
  /** Where the transcript of a stretch of audio stands: before it, after it, or drawn for each. */
  transcript: 'before' | 'after' | 'mixed';
  /** When what the user said arrives as text, if the setup asked for it. */
  inputTranscript: 'before-reply' | 'after-first-audio' | 'mixed';
  /** Each frame is late by up to `lateMs`; every `stallEveryMs` nothing arrives for `stallMs`, then all at once. */
  jitter: { lateMs: number; stallEveryMs?: number; stallMs?: number } | undefined;
  /** Whether bare `{}` frames and empty transcriptions occur. */
  emptyFrames: boolean;
  /** Whether messages may carry several fields at once. */
  combine: boolean;
  /** What usageMetadata rides on, once a turn. */
  usage: UsagePlace | 'mixed';
  /** `paced`: when the client should have played all. `early`: at once, so that an interruption comes after turnComplete. */
  turnComplete: 'paced' | 'early';
}

export const DEFAULT_DELIVERY: Delivery = {
  firstAudioDelayMs: 100,
  timesRealTime: 3.3,
  partMs: 40,
  partsPerFrame: 4,
  transcript: 'mixed',
  inputTranscript: 'mixed',
  jitter: undefined,
  emptyFrames: true,
  combine: true,
  usage: 'mixed',
  turnComplete: 'paced',
};

export type ReplyContent =
  /** Spoken by the synthesiser; written as text on a TEXT model. An empty string is a turn without any content. */
  | { say: string; voice?: string }
  /** PCM16 at 24 kHz of one's own. */
  | { audio: Int16Array; transcript?: string };

export type Reply = ReplyContent & {
  /** Sent first as a thought, where the setup has includeThoughts. */
  think?: string;
  /** What happens once so much of the reply's audio has been sent. */
  during?: readonly (Actions & { afterAudioMs: number })[];
  delivery?: Partial<Delivery>;
  /** Such as MALFORMED_FUNCTION_CALL or MAX_REGENERATION_REACHED. */
  turnCompleteReason?: string;
  /** A turn that only fills the time: the model thinks on after it, and says so where it announces its status. */
  thinksOn?: true;
};

export interface ToolCall {
  name: string;
  args?: JsonObject;
  /** Made up if left out. */
  id?: string;
}

/** `text-opcode` is a correct message that comes as text; the others are wrong. */
export type Garbage = 'not-json' | 'wrong-shapes' | 'truncated' | 'oversized' | 'empty' | 'text-opcode';

/** Done in this order. Nothing waits for the reply: use `during`, or a step `on: 'reply-finished'`. */
export interface Actions {
  /** Goes out as it is. */
  message?: JsonObject | readonly JsonObject[];
  garbage?: Garbage;
  /** The odd pair `interrupted`, `turnComplete` before anything was generated. */
  spuriousInterruption?: boolean;
  toolCall?: ToolCall | readonly ToolCall[];
  /** Cancels the calls that are still open, or those named. */
  cancelToolCalls?: true | readonly string[];
  reply?: Reply;
  /** Gives out a resumption handle at once, also while a tool runs: the real service was seen to do either. */
  handle?: true;
  /** Interrupts the reply under way, as a person's voice would. */
  interrupt?: boolean;
  /** The connection ends after `timeLeftMs` with `close` (deadline unless told); `false` leaves it open. */
  goAway?: { timeLeftMs: number; close?: CloseReason | false };
  stall?: 'sending' | 'reading' | 'both';
  /** Ends a stall. */
  resume?: boolean;
  /** 1005 closes without a code, 1006 without a close frame. */
  close?: CloseReason;
  terminate?: boolean;
}
