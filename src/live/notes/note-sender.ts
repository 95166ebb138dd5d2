import { Floor } from './turn-taking.ts';
import type { LiveEvent } from '../wire/live-event.ts';
import type { ModelCapabilities } from '../models.ts';
import { Notes } from './notes.ts';
import { OpenTurn } from './open-turn.ts';
import { Receipt } from '../uplink/delivery.ts';
import type { LiveTimings } from '../timings.ts';
import type { Control } from '../uplink/uplink.ts';

export interface NoteDeskOptions {
  readonly capabilities: Pick<ModelCapabilities, 'notes' | 'typedText'>;
  readonly timings: Pick<
    LiveTimings,
    'noteDelayMs' | 'openTurnMs' | 'openTurnMarginMs' | 'answerWaitMs' | 'frozenWorkingMs'
  >;
  /** Calls of tools whose answers the model is still to get. */
  readonly openCalls: () => number;
  /** Sends on the connection there is. */
  readonly send: (control: Control) => void;
  /** The model has been asked to answer. */
  readonly onAsked: () => void;
}

/**
 * Gets notes to the model without asking it anything. Each is part of the instructions of every later connection; in between
 * a changed one is sent when nobody has the floor, since `clientContent` interrupts, or rides on the next typed text.
 */
export class NoteDesk {
  readonly #options: NoteDeskOptions;
  readonly #notes = new Notes();
  readonly #floor: Floor;
  readonly #turn: OpenTurn;
  #connected = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: NoteDeskOptions) {
    this.#options = options;
    this.#floor = new Floor(options.timings, () => performance.now());
    this.#turn = new OpenTurn({
      timings: options.timings,
      atWorkMs: () => this.#floor.atWorkMs,
      end: () => {
        this.#floor.asked();
        options.send({ type: 'endTurn' });
        options.onAsked();
      },
    });
  }

  tell(topic: string, text: string | undefined, passing = false): void {
    if (this.#notes.tell(topic, text, passing)) this.#sendSoon();
  }

  /** For the instructions of a connection that is about to be made. `resumed`: with the newest handle. */
  instruction(resumed: boolean): string | undefined {
    return this.#notes.takeAsInstruction(resumed);
  }

  connected(): void {
    this.#connected = true;
    this.#floor.reset();
    this.#sendSoon();
  }

  connectionLost(): void {
    this.#connected = false;
    this.#turn.closed();
    this.#stopTimer();
  }

  handleCame(): void {
    this.#notes.handleCame();
  }

  /** How the next typed text interrupts, as `#control` will send it. */
  get textPath(): 'clientContent' | 'realtimeInput' {
    const { typedText, notes } = this.#options.capabilities;
    // A turn that a note left open is ended by content only, and it is content that carries notes.
    const byContent = notes === 'clientContent' && (this.#turn.isOpen || this.#notes.hasPending);
    return byContent ? 'clientContent' : typedText;
  }

  /** A typed text, with what the model is to know before it. */
  textControl(text: string): Control {
    const path = this.textPath;
    if (path === 'clientContent') this.#turn.closed();
    this.#floor.asked();
    const receipt = new Receipt();
    return { type: 'text', text, path, notes: this.#notes.take(receipt), receipt };
  }

  personSpeaks(speaking: boolean): void {
    this.#floor.personSpeaks(speaking);
    this.#turn.personSpeaks(speaking);
    this.#sendSoon();
  }

  saw(event: LiveEvent): void {
    const wasAtWork = this.#floor.atWorkMs > 0;
    this.#floor.saw(event);
    switch (event.type) {
      case 'audio':
      case 'text':
      case 'outputTranscript':
      case 'toolCall':
        this.#turn.replyBegins();
        return;
      case 'inputTranscript':
        this.#turn.wordsUnderstood();
        return;
      case 'interactionStatus':
        // That it still rests is no news, and nothing begins anew for it.
        if (!wasAtWork && this.#floor.atWorkMs === 0) return;
        this.#turn.workChanges();
        this.#sendSoon();
        return;
      case 'interrupted':
      case 'turnComplete':
        this.#turn.replyEnds();
        this.#sendSoon();
        return;
      default:
    }
  }

  /** A call was answered; `quiet`: the model need not speak because of it. */
  callAnswered(quiet: boolean): void {
    if (!quiet) {
      this.#floor.asked();
      this.#turn.callAnswered();
    }
    this.#sendSoon();
  }

  /**
   * What a call finds is to come first, unless the person asks something else meanwhile: a tool may take minutes, as one that
   * has to be agreed to, and the models that take notes as content listen and answer while it runs.
   */
  get #waitsForCall(): boolean {
    return this.#options.openCalls() > 0 && !this.#floor.personHasIt;
  }

  #sendSoon(): void {
    if (!this.#connected || this.#options.capabilities.notes !== 'clientContent' || !this.#notes.hasPending) return;
    this.#stopTimer();
    const { freeInMs } = this.#floor;
    // What ends the wait otherwise comes here by itself: the end of speech, or a call's answer.
    if (freeInMs === Infinity || this.#waitsForCall) return;
    // What belongs to a question is of no use after it.
    const delayMs = this.#floor.personHasIt ? 0 : this.#options.timings.noteDelayMs;
    this.#timer = setTimeout(() => this.#sendIfFree(), Math.max(freeInMs, delayMs));
  }

  #sendIfFree(): void {
    if (this.#floor.freeInMs > 0 || this.#waitsForCall) {
      this.#sendSoon();
      return;
    }
    const receipt = new Receipt();
    const notes = this.#notes.take(receipt);
    if (notes.length === 0) return;
    this.#turn.opened();
    this.#options.send({ type: 'notes', notes, receipt });
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
