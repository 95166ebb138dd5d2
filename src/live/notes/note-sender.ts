import { EventEmitter } from 'node:events';
import type { ModelCapabilities } from '../models.ts';
import type { SessionPart } from '../session-part.ts';
import type { LiveTimings } from '../timings.ts';
import type { ToolCalls } from '../tool-calls/tool-calls.ts';
import { Delivery } from '../uplink/delivery.ts';
import type { Uplink } from '../uplink/uplink.ts';
import type { LiveEvent } from '../wire/live-event.ts';
import { Notes } from './notes.ts';
import { OpenTurn } from './open-turn.ts';
import { TurnTaking } from './turn-taking.ts';

export interface NoteSenderOptions {
  readonly capabilities: Pick<ModelCapabilities, 'notes' | 'typedText'>;
  readonly timings: Pick<
    LiveTimings,
    'noteDelayMs' | 'openTurnMs' | 'openTurnMarginMs' | 'answerWaitMs' | 'frozenWorkingMs'
  >;
  readonly uplink: Uplink;
  /** Their results come before notes. */
  readonly calls: ToolCalls;
}

interface NoteSenderEvents {
  asked: [];
}

/**
 * Gets notes to the model without asking it anything. On the present connection a note waits until it is nobody's turn,
 * since `clientContent` interrupts, or goes with the next typed text. Later connections have it in their instructions.
 */
export class NoteSender extends EventEmitter<NoteSenderEvents> implements SessionPart {
  readonly #options: NoteSenderOptions;
  readonly #notes = new Notes();
  readonly #turnTaking: TurnTaking;
  readonly #turn: OpenTurn;
  #connected = false;
  #onceCount = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: NoteSenderOptions) {
    super();
    this.#options = options;
    const { timings, calls } = options;
    this.#turnTaking = new TurnTaking(timings, performance);
    this.#turn = new OpenTurn(timings, this.#turnTaking);
    this.#turn.on('end', () => {
      this.#turnTaking.asked();
      options.uplink.pushControl({ type: 'endTurn' });
      this.emit('asked');
    });
    calls.on('answered', (quiet) => this.#callAnswered(quiet));
    calls.on('lateResult', (topic, note) => this.tell(topic, note, true));
  }

  tell(topic: string, text: string | undefined, passing = false): void {
    if (this.#notes.tell(topic, text, passing)) this.#sendSoon();
  }

  /** Said anew even in the same words. */
  tellOnce(topic: string, text: string): void {
    this.#onceCount += 1;
    this.tell(`${topic} ${this.#onceCount}`, text, true);
  }

  instruction(resumed: boolean): string | undefined {
    return this.#notes.takeAsInstruction(resumed);
  }

  onHandle(): void {
    this.#notes.onHandle();
  }

  get textInterrupts(): boolean {
    return this.#textPath === 'clientContent';
  }

  sendText(text: string): void {
    const path = this.#textPath;
    if (path === 'clientContent') this.#turn.closed();
    this.#turnTaking.asked();
    const delivery = new Delivery();
    this.#options.uplink.pushControl({ type: 'text', text, path, notes: this.#notes.take(delivery), delivery });
    this.emit('asked');
  }

  onConnected(): void {
    this.#connected = true;
    this.#turnTaking.reset();
    this.#sendSoon();
  }

  onDisconnected(): void {
    this.#connected = false;
    this.#turn.closed();
    this.#stopTimer();
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
        // It still rests: no wait begins anew.
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

  get #textPath(): 'clientContent' | 'realtimeInput' {
    const { typedText, notes } = this.#options.capabilities;
    // Only content carries notes, and only content ends a turn that a note left open.
    const byContent = notes === 'clientContent' && (this.#turn.isOpen || this.#notes.hasPending);
    return byContent ? 'clientContent' : typedText;
  }

  #callAnswered(quiet: boolean): void {
    if (!quiet) {
      this.#turnTaking.asked();
      this.#turn.callAnswered();
    }
    this.#sendSoon();
  }

  /** A call's result comes first. But a call may take minutes, and the person may ask something else. */
  get #waitsForCall(): boolean {
    return this.#options.calls.open > 0 && !this.#turnTaking.personSpeaking;
  }

  #sendSoon(): void {
    if (!this.#connected || this.#options.capabilities.notes !== 'clientContent' || !this.#notes.hasPending) return;
    this.#stopTimer();
    const { freeInMs } = this.#turnTaking;
    // The end of speech or a call's answer comes back here.
    if (freeInMs === Infinity || this.#waitsForCall) return;
    // A note that belongs to a question is of no use after it.
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
    this.#options.uplink.pushControl({ type: 'notes', notes, delivery });
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
