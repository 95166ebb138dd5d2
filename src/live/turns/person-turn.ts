import type { PersonEntry } from '../../protocol/conversation.ts';
import type { Clock } from '../timings.ts';
import { stitch } from './heard-text.ts';
import type { TranscriptFragment } from '../wire/live-event.ts';

type PersonEffect = readonly ['entry', PersonEntry];

export class EntryIds {
  readonly #prefix: string;
  #next = 1;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  next(): string {
    const id = `${this.#prefix}-${this.#next}`;
    this.#next += 1;
    return id;
  }
}

/** Each is answered within seconds, or the session is given up. */
const MAX_UNANSWERED_TEXTS = 20;

interface OpenEntry {
  readonly id: string;
  readonly atMs: number;
  text: string;
  /** Stands after `text` until a better transcript comes. */
  guess: string;
  /** Until the turn ends, later fragments are the tail of this entry. */
  answered: boolean;
}

/**
 * What the person says, as an entry that grows. Transcripts that trail into the reply belong to the words before it,
 * until its turn ends or speech begins anew.
 */
export class PersonTurn {
  readonly #ids: EntryIds;
  readonly #clock: Clock;
  #open: OpenEntry | undefined;
  #unanswered = false;
  #unansweredTexts: PersonEntry[] = [];
  /** The model acts with a tool on so many of the oldest. */
  #actedOn = 0;
  /** The beginning of a reply whose question is still to be transcribed. */
  #wordlessReplyAtMs: number | undefined;

  constructor(ids: EntryIds, clock: Clock) {
    this.#ids = ids;
    this.#clock = clock;
  }

  get isUnanswered(): boolean {
    return this.#unanswered;
  }

  /** Typed since the last reply began, oldest first: the service may not have it. */
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

  interim(text: string): PersonEffect[] {
    if (text === '') return [];
    const open = (this.#open ??= this.#begin());
    open.guess = text;
    return [effect(open, 'open')];
  }

  typed(text: string): PersonEffect[] {
    const entry: PersonEntry = {
      kind: 'person',
      id: this.#ids.next(),
      atMs: this.#clock.now(),
      via: 'text',
      text,
      status: 'done',
    };
    const closed = this.close();
    this.#unanswered = true;
    this.#unansweredTexts = [...this.#unansweredTexts, entry].slice(-MAX_UNANSWERED_TEXTS);
    return [...closed, ['entry', entry]];
  }

  /** @param atMs Unix time of the reply's entry */
  answered(atMs: number): void {
    if (this.#open !== undefined) this.#open.answered = true;
    else if (!this.#unanswered) this.#wordlessReplyAtMs = atMs;
    this.#unanswered = false;
    this.#unansweredTexts = [];
    this.#actedOn = 0;
  }

  /** A model that calls a tool has what was typed. A session resumed at an earlier point does not. */
  actedOn(): void {
    this.#actedOn = this.#unansweredTexts.length;
  }

  /** A resumed session has what the model acted on before. */
  onHandle(): void {
    this.#unansweredTexts = this.#unansweredTexts.slice(this.#actedOn);
    this.#actedOn = 0;
  }

  leftUnanswered(): PersonEffect[] {
    this.#unansweredTexts = [];
    this.#actedOn = 0;
    return this.close();
  }

  speechStarts(): PersonEffect[] {
    return this.closeAnswered();
  }

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
    // A question stands before its answer, whenever its words come.
    if (replyAtMs !== undefined) return { ...this.#blank(), atMs: replyAtMs - 1, answered: true };
    this.#unanswered = true;
    return this.#blank();
  }

  #blank(): OpenEntry {
    return { id: this.#ids.next(), atMs: this.#clock.now(), text: '', guess: '', answered: false };
  }
}

function effect(open: OpenEntry, status: 'open' | 'done'): PersonEffect {
  const shown = stitch(open.text, open.guess);
  const text = status === 'done' ? shown.trimEnd() : shown;
  return ['entry', { kind: 'person', id: open.id, atMs: open.atMs, via: 'voice', text, status }];
}
