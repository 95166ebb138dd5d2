// A turn of the user that clientContent left open: "the server awaits additional messages" (proto, turn_complete: false).
// Whether speech and realtime text wait too is not documented; clients of the real service found that they do.
import type { ConnectionRecord } from '../api/record.ts';
import type { Cue } from '../script/responder.ts';
import type { Conversation } from './conversation.ts';

export class OpenTurn {
  readonly #conversation: Conversation;
  readonly #record: ConnectionRecord;
  /** What was said while it is open, to be answered as one. */
  #withheld: Cue[] | undefined;

  constructor({ conversation, record }: { conversation: Conversation; record: ConnectionRecord }) {
    this.#conversation = conversation;
    this.#record = record;
  }

  open(): void {
    this.#withheld ??= [];
  }

  /** Keeps a finished turn of the user if it gets no answer yet. */
  withholds(cue: Cue): boolean {
    if (this.#withheld === undefined) return false;
    this.#withheld.push(cue);
    this.#record.note({ type: 'withheld', cue: cue.kind });
    return true;
  }

  /** Something new ends it; what was withheld is part of the conversation and gets no answer of its own. */
  supersede(): void {
    // A text is in the conversation since it came (LiveSession); a speech comes into it with its answer, or here.
    for (const cue of this.#withheld ?? []) {
      if (cue.kind === 'speech') this.#conversation.addSpeech('user', '', cue.utterance.durationMs);
    }
    this.#withheld = undefined;
  }

  /** Ends it. Returns the last that was withheld, to be answered. */
  end(): Cue | undefined {
    const last = this.#withheld?.pop();
    this.supersede();
    return last;
  }
}
