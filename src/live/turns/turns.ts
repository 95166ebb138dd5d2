import type { PersonEntry, ReplyEntry, SourcesEntry } from '../../protocol/conversation.ts';
import { InterruptedTurn } from './interrupted-turn.ts';
import type { Grounding, LiveEvent, TranscriptFragment } from '../wire/live-event.ts';
import { PersonTurn } from './person-turn.ts';
import { Reply } from './reply.ts';
import { BYTES_PER_SAMPLE, REPLY_RATE_HZ } from '../settings.ts';
import type { LiveTimings } from '../timings.ts';
import { noticeOfEnd } from '../turn-complete-reason.ts';

/** What an event changes for those who show and play the conversation. */
export type TurnEffect =
  | { readonly type: 'entry'; readonly entry: PersonEntry | ReplyEntry }
  | { readonly type: 'sources'; readonly reply: number; readonly entry: SourcesEntry }
  | { readonly type: 'audio'; readonly reply: number; readonly pcm16: Uint8Array }
  | { readonly type: 'audioEnd'; readonly reply: number }
  | { readonly type: 'flush'; readonly throughReply: number }
  /** One plain sentence for the person. */
  | { readonly type: 'notice'; readonly sentence: string }
  /** Something for the log that should not happen. */
  | { readonly type: 'oddity'; readonly what: string };

export interface TurnsOptions {
  /** Makes entry ids unique among sessions. */
  readonly idPrefix: string;
  /** The number of the first reply; numbers only grow. */
  readonly firstReply: number;
  /** Unix time, milliseconds. */
  readonly nowMs: () => number;
  readonly timings: Pick<LiveTimings, 'deadTurnMs' | 'cutTurnMs'>;
}

/** Played positions are reported for replies of the recent past only. */
const REPLIES_KEPT = 8;

/**
 * Makes turns out of what the service says: who said what, which audio belongs to which reply, and what of a reply was
 * heard when it was interrupted. Takes transcripts and audio in any order, late and grouped as they come.
 */
export class Turns {
  readonly #options: TurnsOptions;
  readonly #replies: Reply[] = [];
  readonly #person: PersonTurn;
  #nextReply: number;
  #nextEntry = 1;
  #captionsOnly = false;
  /** Replies come as written text; their transcript is the text itself. */
  #textReplies = false;
  readonly #interruptedTurn: InterruptedTurn;
  #interruptedEmpty = false;

  constructor(options: TurnsOptions) {
    this.#options = options;
    this.#nextReply = options.firstReply;
    this.#person = new PersonTurn(() => this.#entryId(), options.nowMs);
    this.#interruptedTurn = new InterruptedTurn(options.timings, options.nowMs);
  }

  get nextReply(): number {
    return this.#nextReply;
  }

  /** The service is in the middle of a reply: cutting the connection now would lose the rest of it. */
  get generating(): boolean {
    return this.#replies.some((reply) => reply.isOpen && reply.generating);
  }

  /** What was typed since the last reply began, oldest first: to be sent again if the connection is lost now. */
  get unansweredTexts(): readonly PersonEntry[] {
    return this.#person.unansweredTexts;
  }

  set textReplies(textReplies: boolean) {
    this.#textReplies = textReplies;
  }

  handle(event: LiveEvent): TurnEffect[] {
    switch (event.type) {
      case 'audio':
        return this.#audio(event.pcm16, event.sampleRateHz);
      case 'outputTranscript':
        return this.#textReplies ? [] : this.#replyText(event);
      case 'text':
        // Beside a transcript a text part is the model's thinking, or the transcript once more.
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

  /** The person typed. `interrupts`: the model stops for it, so what is still unheard is dead already. */
  typed(text: string, interrupts: boolean): TurnEffect[] {
    this.#interruptedTurn.personGoesOn();
    const cut = interrupts ? this.#cut('us') : [];
    return [...cut, ...this.#person.typed(text)];
  }

  /** How much of a reply has left the loudspeaker, samples at 24 kHz. */
  played(number: number, playedSamples: number): TurnEffect[] {
    const reply = this.#replies.find((candidate) => candidate.number === number);
    if (reply === undefined) return [];
    const before = reply.heard.heardLength;
    reply.heard.played(playedSamples);
    return reply.heard.heardLength === before ? [] : [entryOf(reply)];
  }

  /** Nobody is to play what comes from now on. Sound that came before is heard when it is played, as ever. */
  setCaptionsOnly(captionsOnly: boolean): void {
    this.#captionsOnly = captionsOnly;
  }

  /** The connection is gone, and with it the rest of the turn. What has come is still played. */
  connectionLost(): TurnEffect[] {
    this.#interruptedTurn.ended();
    return [...this.#person.close(), ...this.#openReplies().flatMap((reply) => this.#finish(reply))];
  }

  /** The session ends, whoever ends it: a reply in the middle of its playing is cut where it was heard. */
  ended(): TurnEffect[] {
    const cut = this.#cut('us');
    this.#interruptedTurn.ended();
    return [...this.#person.close(), ...cut];
  }

  #audio(pcm16: Uint8Array, sampleRateHz: number): TurnEffect[] {
    if (sampleRateHz !== REPLY_RATE_HZ) return [{ type: 'oddity', what: `audio at ${sampleRateHz} Hz` }];
    if (this.#interruptedTurn.reply !== undefined) return [];
    const reply = this.#current();
    reply.heard.addAudio(pcm16.byteLength / BYTES_PER_SAMPLE, this.#captionsOnly);
    return [{ type: 'audio', reply: reply.number, pcm16 }, ...this.#read(reply)];
  }

  #replyText({ text, words }: Pick<TranscriptFragment, 'text' | 'words'>): TurnEffect[] {
    // A transcript may trail the interruption that ended its audio: it is still that reply's.
    const reply = this.#interruptedTurn.reply ?? this.#voiceless() ?? this.#current();
    if (text === '' || (this.#textReplies && reply.wasInterrupted)) return [];
    const wasVisible = isVisible(reply);
    reply.heard.addText(text, words);
    if (this.#textReplies) reply.heard.readAll();
    else this.#read(reply);
    return [entryOf(reply), ...(wasVisible ? [] : sourcesOf(reply))];
  }

  /** It may come after the turn has ended; until something is asked anew it is still that turn's. */
  #grounded(grounding: Grounding): TurnEffect[] {
    const last = this.#person.isUnanswered ? undefined : this.#replies.at(-1);
    const reply = this.#interruptedTurn.reply ?? last ?? this.#current();
    reply.restsOn(grounding);
    return isVisible(reply) ? sourcesOf(reply) : [];
  }

  /** A finished reply of which no word has come yet: a transcript without a new turn is its own, just late. */
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
    const atMs = this.#options.nowMs();
    this.#person.answered(atMs);
    const reply = new Reply(this.#nextReply, this.#entryId(), atMs);
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

  /**
   * Silences all that has not left a loudspeaker, also of turns that are complete but still playing. Whether anybody was to
   * play it does not matter here: a surface that came later may be playing it now.
   */
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
    return [{ type: 'flush', throughReply: last.number }, ...cut.filter(isVisible).map(entryOf)];
  }

  #generationComplete(): TurnEffect[] {
    return this.#openReplies().flatMap((reply) => {
      if (!reply.generating) return [];
      reply.generating = false;
      reply.heard.complete();
      return reply.heard.hasAudio ? [{ type: 'audioEnd', reply: reply.number }] : [];
    });
  }

  #turnComplete(reason: string | undefined): TurnEffect[] {
    const effects: TurnEffect[] = [];
    const finished = this.#openReplies();
    if (finished.length === 0 && !this.#interruptedTurn.awaitsEnd && !this.#interruptedEmpty) {
      effects.push({ type: 'oddity', what: `a turn without words or sound (${reason ?? 'no reason given'})` });
      effects.push(...this.#person.leftUnanswered());
    }
    this.#interruptedTurn.ended();
    this.#interruptedEmpty = false;
    effects.push(...finished.flatMap((reply) => this.#finish(reply)), ...this.#person.closeAnswered());
    const sentence = reason === undefined ? undefined : noticeOfEnd(reason);
    if (sentence !== undefined) {
      effects.push({ type: 'oddity', what: `the turn ended with ${reason}` }, { type: 'notice', sentence });
    }
    return effects;
  }

  #finish(reply: Reply): TurnEffect[] {
    const effects: TurnEffect[] =
      reply.generating && reply.heard.hasAudio ? [{ type: 'audioEnd', reply: reply.number }] : [];
    reply.finish();
    return isVisible(reply) ? [...effects, entryOf(reply)] : effects;
  }

  /** Where nobody plays, text counts when it comes, unless sound from before is still to be heard first. */
  #read(reply: Reply): TurnEffect[] {
    if (!this.#captionsOnly || reply.wasInterrupted || !reply.heard.isAllHeard) return [];
    const before = reply.heard.heardLength;
    reply.heard.readAll();
    return reply.heard.heardLength === before ? [] : [entryOf(reply)];
  }

  #openReplies(): Reply[] {
    return this.#replies.filter((reply) => reply.isOpen);
  }

  #entryId(): string {
    const id = `${this.#options.idPrefix}-${this.#nextEntry}`;
    this.#nextEntry += 1;
    return id;
  }
}

const entryOf = (reply: Reply): TurnEffect => ({ type: 'entry', entry: reply.entry() });

/** Below the reply, so only once that is to be seen. */
function sourcesOf(reply: Reply): TurnEffect[] {
  const entry = reply.sources();
  return entry === undefined ? [] : [{ type: 'sources', reply: reply.number, entry }];
}

/** A reply shows itself with its first word: sound without words makes no entry. */
const isVisible = (reply: Reply) => reply.heard.text !== '';
