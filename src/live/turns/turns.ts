import type { PersonEntry } from '../../protocol/conversation.ts';
import type { NoticeCode } from '../../problems/session-codes.ts';
import type { SessionEvent } from '../session-events.ts';
import { BYTES_PER_SAMPLE, REPLY_RATE_HZ } from '../settings.ts';
import type { Clock } from '../timings.ts';
import type { Grounding, LiveEvent, TranscriptFragment } from '../wire/live-event.ts';
import { InterruptedTurn, type InterruptionTimings } from './interrupted-turn.ts';
import { EntryIds, PersonTurn } from './person-turn.ts';
import { Reply } from './reply.ts';

/** What the session has to tell because of an event; an `oddity` goes into the log. */
export type TurnEffect =
  SessionEvent<'entry' | 'sources' | 'audio' | 'audioEnd' | 'flush' | 'notice'> | readonly ['oddity', what: string];

export interface TurnsOptions {
  readonly idPrefix: string;
  readonly firstReply: number;
  /** Unix time. */
  readonly clock: Clock;
  readonly timings: InterruptionTimings;
}

/** Nobody reports what was played of older replies. */
const REPLIES_KEPT = 8;

/**
 * Says who said what, which audio belongs to which reply, and what of a reply was heard. Transcripts and audio may come
 * late, in any order.
 */
export class Turns {
  readonly #clock: Clock;
  readonly #ids: EntryIds;
  readonly #replies: Reply[] = [];
  readonly #person: PersonTurn;
  #nextReply: number;
  #captionsOnly = false;
  #textReplies = false;
  readonly #interruptedTurn: InterruptedTurn;
  #interruptedEmpty = false;

  constructor(options: TurnsOptions) {
    const { idPrefix, firstReply, clock, timings } = options;
    this.#clock = clock;
    this.#ids = new EntryIds(idPrefix);
    this.#nextReply = firstReply;
    this.#person = new PersonTurn(this.#ids, clock);
    this.#interruptedTurn = new InterruptedTurn(timings, clock);
  }

  get nextReply(): number {
    return this.#nextReply;
  }

  /** Cutting the connection now would lose the rest of a reply. */
  get generating(): boolean {
    return this.#replies.some((reply) => reply.isOpen && reply.generating);
  }

  /** To be sent again if the connection is lost now, oldest first. */
  get unansweredTexts(): readonly PersonEntry[] {
    return this.#person.unansweredTexts;
  }

  set textReplies(textReplies: boolean) {
    this.#textReplies = textReplies;
  }

  onEvent(event: LiveEvent): TurnEffect[] {
    switch (event.type) {
      case 'audio':
        return this.#audio(event.pcm16, event.sampleRateHz);
      case 'outputTranscript':
        return this.#textReplies ? [] : this.#replyText(event);
      case 'text':
        // Beside a transcript a text part is thinking, or the transcript again.
        return this.#textReplies && !event.thought ? this.#replyText({ text: event.text, words: [] }) : [];
      case 'inputTranscript':
        this.#interruptedTurn.personGoesOn();
        return event.interim ? this.#person.interim(event.text) : this.#person.transcript(event);
      case 'voiceActivity':
        if (event.activity === 'end') return [];
        this.#interruptedTurn.personGoesOn();
        return this.#person.speechStarts();
      case 'grounding':
        return this.#grounded(event);
      case 'interrupted':
        return this.#interrupted();
      case 'generationComplete':
        return this.#generationComplete();
      case 'turnComplete':
        return this.#turnComplete(event.reason);
      case 'toolCall':
        this.#person.actedOn();
        return [];
      case 'resumption':
        if (event.resumable && event.handle !== undefined) this.#person.onHandle();
        return [];
      default:
        return [];
    }
  }

  /** @param interrupts the model stops for it, so nobody will hear the rest */
  typed(text: string, interrupts: boolean): TurnEffect[] {
    this.#interruptedTurn.personGoesOn();
    const cut = interrupts ? this.#cut('us') : [];
    return [...cut, ...this.#person.typed(text)];
  }

  played(number: number, playedSamples: number): TurnEffect[] {
    const reply = this.#replies.find((candidate) => candidate.number === number);
    if (reply === undefined) return [];
    const before = reply.heard.heardLength;
    reply.heard.played(playedSamples);
    return reply.heard.heardLength === before ? [] : [entryOf(reply)];
  }

  setCaptionsOnly(captionsOnly: boolean): void {
    this.#captionsOnly = captionsOnly;
  }

  /** What has come is still played. */
  connectionLost(): TurnEffect[] {
    this.#interruptedTurn.ended();
    return [...this.#person.close(), ...this.#openReplies().flatMap((reply) => this.#finish(reply))];
  }

  /** A reply that is still playing is cut where it was heard. */
  ended(): TurnEffect[] {
    const cut = this.#cut('us');
    this.#interruptedTurn.ended();
    return [...this.#person.close(), ...cut];
  }

  #audio(pcm16: Uint8Array, sampleRateHz: number): TurnEffect[] {
    if (sampleRateHz !== REPLY_RATE_HZ) return [['oddity', `audio at ${sampleRateHz} Hz`]];
    if (this.#interruptedTurn.reply !== undefined) return [];
    const reply = this.#current();
    reply.heard.addAudio(pcm16.byteLength / BYTES_PER_SAMPLE, this.#captionsOnly);
    return [['audio', reply.number, pcm16], ...this.#read(reply)];
  }

  #replyText({ text, words }: Pick<TranscriptFragment, 'text' | 'words'>): TurnEffect[] {
    // A transcript may trail the interruption of its audio.
    const reply = this.#interruptedTurn.reply ?? this.#voiceless() ?? this.#current();
    if (text === '' || (this.#textReplies && reply.wasInterrupted)) return [];
    const wasVisible = isVisible(reply);
    reply.heard.addText(text, words);
    if (this.#textReplies) reply.heard.readAll();
    else this.#read(reply);
    return [entryOf(reply), ...(wasVisible ? [] : sourcesOf(reply))];
  }

  /** Sources may come after their turn; they belong to it until something else is asked. */
  #grounded(grounding: Grounding): TurnEffect[] {
    const last = this.#person.isUnanswered ? undefined : this.#replies.at(-1);
    const reply = this.#interruptedTurn.reply ?? last ?? this.#current();
    reply.restsOn(grounding);
    return isVisible(reply) ? sourcesOf(reply) : [];
  }

  /** A finished reply without a word: a transcript that comes without a new turn is its own. */
  #voiceless(): Reply | undefined {
    const last = this.#replies.at(-1);
    return last !== undefined && !last.isOpen && last.heard.text === '' && !this.#person.isUnanswered
      ? last
      : undefined;
  }

  #current(): Reply {
    const last = this.#replies.at(-1);
    if (last?.isOpen === true) return last;
    this.#interruptedTurn.ended();
    this.#interruptedEmpty = false;
    const atMs = this.#clock.now();
    this.#person.answered(atMs);
    const reply = new Reply(this.#nextReply, this.#ids.next(), atMs);
    this.#nextReply += 1;
    this.#replies.push(reply);
    if (this.#replies.length > REPLIES_KEPT) this.#replies.shift();
    return reply;
  }

  #interrupted(): TurnEffect[] {
    this.#interruptedTurn.confirmed();
    const effects = this.#cut('service');
    this.#interruptedEmpty = effects.length === 0 && !this.#interruptedTurn.awaitsEnd;
    return [...effects, ...this.#person.closeAnswered()];
  }

  /** Silences all that has not left a loudspeaker, also of complete turns. */
  #cut(by: 'service' | 'us'): TurnEffect[] {
    const cut = this.#replies.filter(
      (reply) => reply.isOpen || (!reply.wasInterrupted && reply.heard.unplayedSamples > 0),
    );
    const last = cut.at(-1);
    if (last === undefined) return [];
    for (const reply of cut) {
      if (reply.isOpen && reply.generating) this.#interruptedTurn.cut(reply, by);
      reply.interrupt();
    }
    return [['flush', last.number], ...cut.filter(isVisible).map(entryOf)];
  }

  #generationComplete(): TurnEffect[] {
    return this.#openReplies().flatMap((reply) => {
      if (!reply.generating) return [];
      reply.generating = false;
      reply.heard.complete();
      return reply.heard.hasAudio ? [['audioEnd', reply.number]] : [];
    });
  }

  #turnComplete(reason: string | undefined): TurnEffect[] {
    const effects: TurnEffect[] = [];
    const finished = this.#openReplies();
    if (finished.length === 0 && !this.#interruptedTurn.awaitsEnd && !this.#interruptedEmpty) {
      effects.push(['oddity', `a turn without words or sound (${reason ?? 'no reason given'})`]);
      effects.push(...this.#person.leftUnanswered());
    }
    this.#interruptedTurn.ended();
    this.#interruptedEmpty = false;
    effects.push(...finished.flatMap((reply) => this.#finish(reply)), ...this.#person.closeAnswered());
    const code = reason === undefined ? undefined : noticeOfEnd(reason);
    if (code !== undefined) {
      effects.push(['oddity', `the turn ended with ${reason}`], ['notice', { code, about: {} }]);
    }
    return effects;
  }

  #finish(reply: Reply): TurnEffect[] {
    const effects: TurnEffect[] = reply.generating && reply.heard.hasAudio ? [['audioEnd', reply.number]] : [];
    reply.finish();
    return isVisible(reply) ? [...effects, entryOf(reply)] : effects;
  }

  /** Where nobody plays, text counts as heard once all earlier sound was heard. */
  #read(reply: Reply): TurnEffect[] {
    if (!this.#captionsOnly || reply.wasInterrupted || !reply.heard.isAllHeard) return [];
    const before = reply.heard.heardLength;
    reply.heard.readAll();
    return reply.heard.heardLength === before ? [] : [entryOf(reply)];
  }

  #openReplies(): Reply[] {
    return this.#replies.filter((reply) => reply.isOpen);
  }
}

const entryOf = (reply: Reply): TurnEffect => ['entry', reply.entry()];

/** Sources stand below their reply, so they wait until it shows. */
function sourcesOf(reply: Reply): TurnEffect[] {
  const entry = reply.sources();
  return entry === undefined ? [] : [['sources', reply.number, entry]];
}

/** A reply shows with its first word. */
const isVisible = (reply: Reply) => reply.heard.text !== '';

/**
 * A person is told of these reasons. Of the SDK's 28 `TurnCompleteReason` those that ask for nothing are left out; new names
 * follow the patterns. The first match wins.
 */
const END_NOTICES: readonly (readonly [RegExp, NoticeCode])[] = [
  [/^(MALFORMED_|MAX_REGENERATION|GENERATED_OTHER)/, 'answer-failed'],
  [/^(IMAGE_)?PROHIBITED_INPUT|^INPUT_|^UNSAFE_PROMPT|^BLOCKLIST/, 'question-blocked'],
  [/^(GENERATED_|OUTPUT_|RESPONSE_REJECTED)/, 'answer-blocked'],
];

/** @returns what a person is told of the end of a turn: without it a blocked answer is silence */
function noticeOfEnd(reason: string): NoticeCode | undefined {
  return END_NOTICES.find(([pattern]) => pattern.test(reason))?.[1];
}
