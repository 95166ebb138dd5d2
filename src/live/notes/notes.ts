import type { Delivery } from '../uplink/delivery.ts';

/**
 * How every note to the model begins, so that it does not take it for something the person said. What it means is for the
 * caller's instructions to explain.
 */
export const NOTE_PREFIX = '[Talkthrough note, not from the person:';

/** About 2,000 tokens a note and 6,000 in all, of which compression leaves a session 8,000. UTF-16 units. */
export const MAX_NOTE_LENGTH = 8_000;
export const MAX_NOTES_LENGTH = 24_000;

interface Note {
  /** Undefined: what was told before does not hold any more. */
  readonly text: string | undefined;
  /** Told once and of no further meaning, so later sessions need not hear it. */
  readonly passing: boolean;
  /** Something of this topic was told before it. */
  readonly followsTold: boolean;
  delivered: boolean;
  /** Of its sending; absent where it was part of the instructions, which every connection begins with. */
  delivery?: Delivery;
}

/** What the model should know without being asked, by topic; the newest of a topic stands for it. */
export class Notes {
  readonly #notes = new Map<string, Note>();

  /**
   * @param text undefined withdraws the note: a model that was told it hears that it does not hold any more
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

  /** What the model has not been told yet, each as it is to be sent now; they count as told from now on. */
  take(delivery: Delivery): string[] {
    const pending = [...this.#notes].filter(([, { delivered }]) => !delivered);
    for (const [, note] of pending) {
      note.delivered = true;
      note.delivery = delivery;
    }
    return pending.map(marked);
  }

  /**
   * All that holds now, as part of the instructions of a new connection; it counts as told with them.
   *
   * @param resumed the session remembers what it was told, so it also has to hear what does not hold any more
   */
  takeAsInstruction(resumed: boolean): string | undefined {
    for (const [topic, note] of this.#notes) {
      if (note.text === undefined && !resumed) this.#notes.delete(topic);
      note.delivered = true;
      delete note.delivery;
    }
    return this.#notes.size === 0 ? undefined : ['What is so now:', ...[...this.#notes].map(marked)].join('\n');
  }

  /**
   * A handle came that leads back to this moment: what was told in passing is part of the session, and so is the end of
   * what does not hold any more, unless only instructions said so: the next ones take their place.
   */
  onHandle(): void {
    for (const [topic, { text, passing, delivered, delivery }] of this.#notes) {
      const isOver = text === undefined ? delivery?.isInNewHandle === true : passing;
      if (isOver && delivered && delivery?.isInNewHandle !== false) this.#notes.delete(topic);
    }
  }

  #forgetOldest(): void {
    let length = 0;
    for (const { text } of this.#notes.values()) length += text?.length ?? 0;
    // How things stand matters longer than what was to be told once.
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
