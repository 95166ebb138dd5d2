import { TurnTaking } from './turn-taking.ts';
import type { LiveEvent } from '../wire/live-event.ts';
import type { ModelCapabilities } from '../models.ts';
import { Notes } from './notes.ts';
import { OpenTurn } from './open-turn.ts';
import { Delivery } from '../uplink/delivery.ts';
import type { LiveTimings } from '../timings.ts';
import type { Control } from '../uplink/uplink.ts';

export interface NoteSenderOptions {
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
export class NoteSender {
  readonly #options: NoteSenderOptions;
  readonly #notes = new Notes();
  readonly #turnTaking: TurnTaking;
  readonly #turn: OpenTurn;
  #connected = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: NoteSenderOptions) {
    this.#options = options;
    this.#turnTaking = new TurnTaking(options.timings, () => performance.now());
    this.#turn = new OpenTurn({
      timings: options.timings,
      atWorkMs: () => this.#turnTaking.atWorkMs,
      end: () => {
        this.#turnTaking.asked();
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
    this.#turnTaking.reset();
    this.#sendSoon();
  }

  connectionLost(): void {
    this.#connected = false;
    this.#turn.closed();
    this.#stopTimer();
  }

  onHandle(): void {
    this.#notes.onHandle();
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
    this.#turnTaking.asked();
    const delivery = new Delivery();
    return { type: 'text', text, path, notes: this.#notes.take(delivery), delivery };
  }

  onSpeech(speaking: boolean): void {
    this.#turnTaking.onSpeech(speaking);
    this.#turn.onSpeech(speaking);
    this.#sendSoon();
  }

  onEvent(event: LiveEvent): void {
    const wasAtWork = this.#turnTaking.atWorkMs > 0;
    this.#turnTaking.onEvent(event);
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
        if (!wasAtWork && this.#turnTaking.atWorkMs === 0) return;
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
      this.#turnTaking.asked();
      this.#turn.callAnswered();
    }
    this.#sendSoon();
  }

  /**
   * What a call finds is to come first, unless the person asks something else meanwhile: a tool may take minutes, as one that
   * has to be agreed to, and the models that take notes as content listen and answer while it runs.
   */
  get #waitsForCall(): boolean {
    return this.#options.openCalls() > 0 && !this.#turnTaking.personSpeaking;
  }

  #sendSoon(): void {
    if (!this.#connected || this.#options.capabilities.notes !== 'clientContent' || !this.#notes.hasPending) return;
    this.#stopTimer();
    const { freeInMs } = this.#turnTaking;
    // What ends the wait otherwise comes here by itself: the end of speech, or a call's answer.
    if (freeInMs === Infinity || this.#waitsForCall) return;
    // What belongs to a question is of no use after it.
    const delayMs = this.#turnTaking.personSpeaking ? 0 : this.#options.timings.noteDelayMs;
    this.#timer = setTimeout(() => this.#sendIfFree(), Math.max(freeInMs, delayMs));
  }

  #sendIfFree(): void {
    if (this.#turnTaking.freeInMs > 0 || this.#waitsForCall) {
      this.#sendSoon();
      return;
    }
    const delivery = new Delivery();
    const notes = this.#notes.take(delivery);
    if (notes.length === 0) return;
    this.#turn.opened();
    this.#options.send({ type: 'notes', notes, delivery });
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
