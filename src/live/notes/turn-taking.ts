import type { LiveEvent } from '../wire/live-event.ts';
import { BYTES_PER_SAMPLE } from '../settings.ts';
import type { LiveTimings } from '../timings.ts';

/** After `interrupted` the turn's end follows at once. */
const INTERRUPTED_MS = 500;

type TurnTakingTimings = Pick<LiveTimings, 'answerWaitMs' | 'frozenWorkingMs'>;

/**
 * Who has the floor: whether anything said to the service now would interrupt the model. The model has it from the question
 * until its turn is complete and what it said can have been heard; a turn whose end never comes is over after a while. A turn
 * may also only fill the time: while the service says that it is at work the model thinks on, and is interrupted like speech.
 * While the person speaks the model has it no more once it was interrupted: what is told then is known when the question
 * ends, as where the person turned to another file in mid-answer and asks about that.
 */
export class TurnTaking {
  readonly #timings: TurnTakingTimings;
  readonly #nowMs: () => number;
  #busyUntilMs = -Infinity;
  #atWorkUntilMs = -Infinity;
  #personSpeaks = false;
  #turnBeganMs: number | undefined;
  #turnAudioMs = 0;
  /** It has called a tool and said nothing: it waits for what the tool finds, or for the person. */
  #waitsForTool = false;

  constructor(timings: TurnTakingTimings, nowMs: () => number) {
    this.#timings = timings;
    this.#nowMs = nowMs;
  }

  /** Milliseconds until it may be free; Infinity while that depends on what happens. */
  get freeInMs(): number {
    const { atWorkMs } = this;
    const leftMs = Math.max(atWorkMs, this.#busyUntilMs - this.#nowMs());
    if (!this.#personSpeaks || leftMs <= INTERRUPTED_MS) return leftMs;
    // Nobody knows when an answer that goes on under the person's words will be interrupted by them.
    return this.#waitsForTool && atWorkMs === 0 ? 0 : Infinity;
  }

  /** Milliseconds for which the service is taken to be at work unless it says otherwise; 0 when it is not. */
  get atWorkMs(): number {
    return Math.max(0, this.#atWorkUntilMs - this.#nowMs());
  }

  get personSpeaking(): boolean {
    return this.#personSpeaks;
  }

  /** The model was asked something and may begin to answer at any moment. */
  asked(): void {
    this.#waitsForTool = false;
    this.#busyFor(this.#timings.answerWaitMs);
  }

  onSpeech(speaking: boolean): void {
    this.#personSpeaks = speaking;
    if (!speaking) this.asked();
  }

  onEvent(event: LiveEvent): void {
    switch (event.type) {
      case 'audio':
        this.#turnBeganMs ??= this.#nowMs();
        this.#turnAudioMs += (event.pcm16.byteLength / BYTES_PER_SAMPLE / event.sampleRateHz) * 1000;
        this.asked();
        return;
      case 'text':
      case 'outputTranscript':
        this.asked();
        return;
      case 'inputTranscript':
        this.#busyFor(this.#timings.answerWaitMs);
        return;
      case 'toolCall':
        this.asked();
        this.#waitsForTool = this.#turnBeganMs === undefined;
        return;
      case 'interactionStatus':
        this.#atWorkUntilMs =
          event.status === 'IN_PROGRESS' ? this.#nowMs() + this.#timings.frozenWorkingMs : -Infinity;
        return;
      case 'interrupted':
        // By the person's words it is over; by anything else its end is still to come.
        this.#endTurn(this.#personSpeaks ? 0 : INTERRUPTED_MS);
        return;
      case 'turnComplete':
        // It may come before all of the turn has been played; to interrupt then would cut what is being heard.
        this.#endTurn(this.#turnBeganMs === undefined ? 0 : this.#turnBeganMs + this.#turnAudioMs - this.#nowMs());
        return;
      default:
    }
  }

  /** Nothing of an earlier connection goes on. */
  reset(): void {
    this.#atWorkUntilMs = -Infinity;
    this.#endTurn(0);
  }

  #endTurn(busyForMs: number): void {
    this.#turnBeganMs = undefined;
    this.#turnAudioMs = 0;
    this.#waitsForTool = false;
    this.#busyFor(busyForMs);
  }

  #busyFor(ms: number): void {
    this.#busyUntilMs = this.#nowMs() + ms;
  }
}
