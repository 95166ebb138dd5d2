import type { SessionPart } from '../session-part.ts';
import type { Delivery } from '../uplink/delivery.ts';

/** The model must not take a note for the person's words. The caller's instructions explain this. */
export const NOTE_PREFIX = '[Talkthrough note, not from the person:';

/** UTF-16 units, about 2,000 and 6,000 tokens. Compression leaves a session 8,000. */
export const MAX_NOTE_LENGTH = 8_000;
export const MAX_NOTES_LENGTH = 24_000;

interface Note {
  /** Undefined: what was told before no longer holds. */
  readonly text: string | undefined;
  /** Told once; later sessions need not hear it. */
  readonly passing: boolean;
  /** An earlier note of this topic was told. */
  readonly followsTold: boolean;
  delivered: boolean;
  /** Absent where the instructions had the note. */
  delivery?: Delivery;
}

/** What the model should know without being asked. The newest note of a topic stands. */
export class Notes implements SessionPart {
  readonly #notes = new Map<string, Note>();

  /**
   * @param text undefined: a model that was told it hears that it no longer holds
   * @returns whether that is anything new
   */
  tell(topic: string, text: string | undefined, passing = false): boolean {
    const known = this.#notes.get(topic);
    const bounded = text?.slice(0, MAX_NOTE_LENGTH);
    if (known?.text === bounded) return false;
    // The newest stands last, also when its topic is old.
    this.#notes.delete(topic);
    const followsTold = known !== undefined && (known.delivered || known.followsTold);
    if (bounded === undefined && !followsTold) return false;
    this.#notes.set(topic, { text: bounded, passing, followsTold, delivered: false });
    this.#forgetOldest();
    return true;
  }

  get hasPending(): boolean {
    return [...this.#notes.values()].some(({ delivered }) => !delivered);
  }

  /** What the model has not been told yet. It counts as told from now on. */
  take(delivery: Delivery): string[] {
    const pending = [...this.#notes].filter(([, { delivered }]) => !delivered);
    for (const [, note] of pending) {
      note.delivered = true;
      note.delivery = delivery;
    }
    return pending.map(marked);
  }

  /**
   * All that holds now. It counts as told from now on.
   *
   * @param resumed the session remembers its notes, so it also hears what no longer holds
   */
  takeAsInstruction(resumed: boolean): string | undefined {
    for (const [topic, note] of this.#notes) {
      if (note.text === undefined && !resumed) this.#notes.delete(topic);
      note.delivered = true;
      delete note.delivery;
    }
    return this.#notes.size === 0 ? undefined : ['What is so now:', ...[...this.#notes].map(marked)].join('\n');
  }

  /** The session keeps what was told once, and what no longer holds, unless only instructions said so. */
  onHandle(): void {
    for (const [topic, { text, passing, delivered, delivery }] of this.#notes) {
      const isOver = text === undefined ? delivery?.isInNewHandle === true : passing;
      if (isOver && delivered && delivery?.isInNewHandle !== false) this.#notes.delete(topic);
    }
  }

  #forgetOldest(): void {
    let length = 0;
    for (const { text } of this.#notes.values()) length += text?.length ?? 0;
    // What is told once matters less than how things stand.
    const oldestFirst = [...this.#notes].sort(([, one], [, other]) => Number(other.passing) - Number(one.passing));
    for (const [topic, { text }] of oldestFirst) {
      if (length <= MAX_NOTES_LENGTH) return;
      this.#notes.delete(topic);
      length -= text?.length ?? 0;
    }
  }
}

const marked = ([topic, { text }]: readonly [string, Note]) =>
  `${NOTE_PREFIX} ${text ?? `What you were told about "${topic}" does not hold any more.`}]`;
