import type { LiveEvent } from '../wire/live-event.ts';
import { BYTES_PER_SAMPLE } from '../settings.ts';
import type { SessionPart } from '../session-part.ts';
import type { Clock, LiveTimings } from '../timings.ts';

/** After `interrupted` the turn's end follows at once. */
const INTERRUPTED_MS = 500;

type TurnTakingTimings = Pick<LiveTimings, 'answerWaitMs' | 'frozenWorkingMs'>;

/**
 * Tells whether anything said now would interrupt the model. It has the turn from the question until its turn is
 * complete and can have been heard. Its thinking is interrupted like speech. A person who has interrupted it has the
 * turn.
 */
export class TurnTaking implements SessionPart {
  readonly #timings: TurnTakingTimings;
  readonly #clock: Clock;
  #busyUntilMs = -Infinity;
  #atWorkUntilMs = -Infinity;
  #personSpeaks = false;
  #turnBeganMs: number | undefined;
  #turnAudioMs = 0;
  /** It said nothing with the call: it waits for the result, or for the person. */
  #waitsForTool = false;

  constructor(timings: TurnTakingTimings, clock: Clock) {
    this.#timings = timings;
    this.#clock = clock;
  }

  /** Milliseconds until nobody has the turn; Infinity while that depends on what happens. */
  get freeInMs(): number {
    const { atWorkMs } = this;
    const leftMs = Math.max(atWorkMs, this.#busyUntilMs - this.#clock.now());
    if (!this.#personSpeaks || leftMs <= INTERRUPTED_MS) return leftMs;
    // Nobody knows when the person's words will interrupt an answer under them.
    return this.#waitsForTool && atWorkMs === 0 ? 0 : Infinity;
  }

  get atWorkMs(): number {
    return Math.max(0, this.#atWorkUntilMs - this.#clock.now());
  }

  get personSpeaking(): boolean {
    return this.#personSpeaks;
  }

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
        this.#turnBeganMs ??= this.#clock.now();
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
          event.status === 'IN_PROGRESS' ? this.#clock.now() + this.#timings.frozenWorkingMs : -Infinity;
        return;
      case 'interrupted':
        // After anything but the person's words the end is still to come.
        this.#endTurn(this.#personSpeaks ? 0 : INTERRUPTED_MS);
        return;
      case 'turnComplete':
        // Some of the turn may still be playing.
        this.#endTurn(this.#turnBeganMs === undefined ? 0 : this.#turnBeganMs + this.#turnAudioMs - this.#clock.now());
        return;
      default:
    }
  }

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
    this.#busyUntilMs = this.#clock.now() + ms;
  }
}
