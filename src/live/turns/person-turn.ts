import type { PersonEntry } from '../../protocol/conversation.ts';
import { stitch } from './heard-text.ts';
import type { TranscriptFragment } from '../wire/live-event.ts';

interface PersonEffect {
  readonly type: 'entry';
  readonly entry: PersonEntry;
}

/** Each is answered within seconds, or the session is given up; more than this waiting means that nobody reads them. */
const MAX_UNANSWERED_TEXTS = 20;

interface OpenEntry {
  readonly id: string;
  readonly atMs: number;
  text: string;
  /** What stands after `text` until a better transcript comes. */
  guess: string;
  /** The model has begun to answer it; later fragments are its tail, until the turn ends. */
  answered: boolean;
}

/**
 * What the person says, as an entry that grows. Transcripts trail the speech, often into the reply: such a tail belongs to
 * the words before the reply, until that turn ends, is interrupted, or the service hears speech begin anew.
 */
export class PersonTurn {
  readonly #newId: () => string;
  readonly #nowMs: () => number;
  #open: OpenEntry | undefined;
  /** Something was said or typed since the last reply began. */
  #unanswered = false;
  #unansweredTexts: PersonEntry[] = [];
  /** So many of them, the oldest, the model has begun to act on with a tool. */
  #actedOn = 0;
  /** When a reply began whose question is not known yet: its transcript is still on its way. */
  #wordlessReplyAtMs: number | undefined;

  constructor(newId: () => string, nowMs: () => number) {
    this.#newId = newId;
    this.#nowMs = nowMs;
  }

  get isUnanswered(): boolean {
    return this.#unanswered;
  }

  /** What was typed since the last reply began, oldest first: nothing shows yet that the service has it. */
  get unansweredTexts(): readonly PersonEntry[] {
    return this.#unansweredTexts;
  }

  transcript({ text, finished }: Pick<TranscriptFragment, 'text' | 'finished'>): PersonEffect[] {
    if (text === '' && this.#open === undefined) return [];
    const open = (this.#open ??= this.#begin());
    open.text = stitch(open.text, text);
    open.guess = '';
    if (finished) return this.close();
    return open.text === '' ? [] : [effect(open, 'open')];
  }

  /** A guess at what is being said; the next one replaces it. */
  interim(text: string): PersonEffect[] {
    if (text === '') return [];
    const open = (this.#open ??= this.#begin());
    open.guess = text;
    return [effect(open, 'open')];
  }

  typed(text: string): PersonEffect[] {
    const entry: PersonEntry = {
      kind: 'person',
      id: this.#newId(),
      atMs: this.#nowMs(),
      via: 'text',
      text,
      status: 'done',
    };
    const closed = this.close();
    this.#unanswered = true;
    this.#unansweredTexts = [...this.#unansweredTexts, entry].slice(-MAX_UNANSWERED_TEXTS);
    return [...closed, { type: 'entry', entry }];
  }

  /** The reply begins. @param atMs Unix time of its entry */
  answered(atMs: number): void {
    if (this.#open !== undefined) this.#open.answered = true;
    else if (!this.#unanswered) this.#wordlessReplyAtMs = atMs;
    this.#unanswered = false;
    this.#unansweredTexts = [];
    this.#actedOn = 0;
  }

  /** The model calls a tool: it has what was typed, though a session that is resumed at an earlier point has not. */
  actedOn(): void {
    this.#actedOn = this.#unansweredTexts.length;
  }

  /** A handle came: a resumed session has what the model acted on before it. */
  onHandle(): void {
    this.#unansweredTexts = this.#unansweredTexts.slice(this.#actedOn);
    this.#actedOn = 0;
  }

  /** The turn is over, and the model had nothing to say to it. */
  leftUnanswered(): PersonEffect[] {
    this.#unansweredTexts = [];
    this.#actedOn = 0;
    return this.close();
  }

  speechStarts(): PersonEffect[] {
    return this.closeAnswered();
  }

  /** Ends the entry unless it is words that wait for their answer. */
  closeAnswered(): PersonEffect[] {
    this.#wordlessReplyAtMs = undefined;
    return this.#open?.answered === true ? this.close() : [];
  }

  close(): PersonEffect[] {
    const open = this.#open;
    this.#open = undefined;
    this.#wordlessReplyAtMs = undefined;
    return open === undefined || open.text + open.guess === '' ? [] : [effect(open, 'done')];
  }

  #begin(): OpenEntry {
    const replyAtMs = this.#wordlessReplyAtMs;
    // A question stands before its answer, also when its words come after it.
    if (replyAtMs !== undefined) return { ...this.#blank(), atMs: replyAtMs - 1, answered: true };
    this.#unanswered = true;
    return this.#blank();
  }

  #blank(): OpenEntry {
    return { id: this.#newId(), atMs: this.#nowMs(), text: '', guess: '', answered: false };
  }
}

function effect(open: OpenEntry, status: 'open' | 'done'): PersonEffect {
  const shown = stitch(open.text, open.guess);
  const text = status === 'done' ? shown.trimEnd() : shown;
  return { type: 'entry', entry: { kind: 'person', id: open.id, atMs: open.atMs, via: 'voice', text, status } };
}
