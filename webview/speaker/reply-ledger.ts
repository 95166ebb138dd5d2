/** One reply's stretch of the sample queue. */
export interface ReplySpan {
  readonly reply: number;
  /** Absolute queue positions: first sample, and one past the last that came so far. */
  readonly start: number;
  end: number;
  /** No more samples will come. */
  finished: boolean;
  /** Value of the player's sample clock when the first chunk came. */
  readonly arrivedAt: number;
  underruns: number;
}

/** Which samples of the queue belong to which reply, oldest first. Replies come in rising order and never interleave. */
export class ReplyLedger {
  readonly #spans: ReplySpan[] = [];

  /** The reply that is being played or waits to be. */
  get current(): ReplySpan | undefined {
    return this.#spans[0];
  }

  get last(): ReplySpan | undefined {
    return this.#spans.at(-1);
  }

  /** Returns the span of `reply`, opened at `position` if it is new. Opening one finishes those before. */
  open(reply: number, position: number, arrivedAt: number): ReplySpan {
    const { last } = this;
    if (last?.reply === reply) return last;
    if (last !== undefined) last.finished = true;
    const span = { reply, start: position, end: position, finished: false, arrivedAt, underruns: 0 };
    this.#spans.push(span);
    return span;
  }

  find(reply: number): ReplySpan | undefined {
    return this.#spans.find((span) => span.reply === reply);
  }

  /** Drops and returns the oldest reply if its number is at most `throughReply`. */
  takeThrough(throughReply: number): ReplySpan | undefined {
    const oldest = this.#spans[0];
    return oldest !== undefined && oldest.reply <= throughReply ? this.#spans.shift() : undefined;
  }
}
