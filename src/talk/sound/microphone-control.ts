import { levelStep } from '../../protocol/level.ts';
import { MICROPHONE_CHUNK_BYTES } from '../../protocol/limits.ts';
import type { MicrophoneChunkMessage } from '../../protocol/messages.ts';
import type { MicrophoneState } from '../../protocol/session-view.ts';
import type { LiveSession } from '../../live/session.ts';
import type { SettingsSource } from '../../settings/current-settings.ts';
import type { SurfaceHub } from '../../surface/hub.ts';

/** The tail of what was said comes with the surface's answer to "off", a few milliseconds later. */
const TAIL_WITHIN_MS = 150;

/**
 * What goes to the service as one message: 80 ms of sound at most, where it takes 20 to 100 ms (docs/live-api.md, "Sound").
 * Speech comes 40 ms at once, and goes on as it comes.
 */
const MAX_MESSAGE_BYTES = 4 * MICROPHONE_CHUNK_BYTES;

/** Chunks are 20 ms: the meter moves ten times a second at most. */
const CHUNKS_PER_LEVEL = 5;
/** Where the meter stands out it is told so again after so many chunks, lest the surface take the silence for quiet. */
const REPEAT_AFTER_CHUNKS = 10;

/** What of the hub the microphone needs. */
interface MicrophoneHub extends Pick<SurfaceHub, 'broadcast' | 'mediaAbilities' | 'postToMedia'> {
  on(type: 'microphoneChunk', listener: (message: MicrophoneChunkMessage) => void): Listening;
}

interface Listening {
  dispose(): unknown;
}

/** What of a session the microphone concerns. */
type Hearer = Pick<LiveSession, 'sendMicrophone'>;

/**
 * What the microphone should be doing, and what the surface says it is doing. It asks; only the surface's report is
 * ever shown, so that nobody is told that they are heard, or not heard, when it is otherwise.
 */
export class MicrophoneControl {
  readonly #hub: MicrophoneHub;
  readonly #settings: Pick<SettingsSource, 'current'>;
  readonly #listener: Listening;
  #session: Hearer | undefined;
  #open = false;
  #mutedByPerson = false;
  #attempt = 0;
  #reported: MicrophoneState = { kind: 'off' };
  /** Capture was stopped and the surface has not said yet that it has. */
  #draining = false;
  #drained: (() => void) | undefined;
  #nextSequence = 0;
  #lostChunks = 0;
  #chunksSinceLevel = 0;
  #loudest = 0;
  /** Where the meter stands. */
  #shownStep = 0;
  #chunksUntold = 0;

  constructor(hub: MicrophoneHub, settings: Pick<SettingsSource, 'current'>) {
    this.#hub = hub;
    this.#settings = settings;
    this.#listener = hub.on('microphoneChunk', (message) => this.#take(message));
  }

  get state(): MicrophoneState {
    return this.#reported;
  }

  get muted(): boolean {
    return this.#mutedByPerson;
  }

  /** Who hears the person from now on; undefined: nobody does. */
  setSession(session: Hearer | undefined): void {
    this.#session = session;
  }

  /** A session begins: capture. */
  openForSession(): void {
    this.#open = true;
    this.#mutedByPerson = false;
    this.ask();
  }

  /** Stops capturing. Resolves when the surface has said so, after the last of the sound; or after a bound. */
  async close(): Promise<void> {
    if (!this.#open) return;
    const capturing = this.#reported.kind === 'on';
    this.#open = false;
    this.ask();
    this.#silence();
    if (!capturing) return;
    this.#draining = true;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, TAIL_WITHIN_MS);
      this.#drained = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#draining = false;
    this.#drained = undefined;
  }

  setMuted(muted: boolean): void {
    this.#mutedByPerson = muted;
    this.ask();
    if (muted) this.#silence();
  }

  /** The person asked to try again a microphone that failed. */
  retry(): void {
    this.#attempt += 1;
    this.ask();
  }

  /** Tells the surface that captures what is wanted; also when it has just taken over, or a setting changed. */
  ask(): void {
    const canCapture = this.#hub.mediaAbilities.has('microphone');
    this.#hub.postToMedia({
      type: 'microphone',
      wanted: !this.#open || !canCapture ? 'off' : this.#mutedByPerson ? 'muted' : 'on',
      processing: this.#settings.current.processing,
      attempt: this.#attempt,
    });
  }

  /** Nobody captures any more: the surface has gone, and its microphone with it. */
  surfaceGone(): void {
    this.report({ kind: 'off' });
  }

  report(state: MicrophoneState): void {
    this.#reported = state;
    if (state.kind === 'on') return;
    this.#silence();
    this.#drained?.();
  }

  /** Chunks that never came since the last time this was asked. */
  takeLostChunks(): number {
    const lost = this.#lostChunks;
    this.#lostChunks = 0;
    return lost;
  }

  dispose(): void {
    this.#listener.dispose();
  }

  #take({ sequence, pcm16, level }: MicrophoneChunkMessage): void {
    // A microphone opened anew counts from 0.
    if (sequence > this.#nextSequence && this.#nextSequence > 0) this.#lostChunks += sequence - this.#nextSequence;
    const chunks = Math.ceil(pcm16.byteLength / MICROPHONE_CHUNK_BYTES);
    this.#nextSequence = sequence + chunks;
    // Nothing that was on its way when the person muted goes to the service.
    if (this.#mutedByPerson || !(this.#open || this.#draining)) return;
    this.#loudest = Math.max(this.#loudest, level);
    this.#chunksSinceLevel += chunks;
    if (this.#chunksSinceLevel >= CHUNKS_PER_LEVEL) this.#tellLevel();
    for (let at = 0; at < pcm16.byteLength; at += MAX_MESSAGE_BYTES) {
      this.#session?.sendMicrophone(pcm16.subarray(at, at + MAX_MESSAGE_BYTES));
    }
  }

  #silence(): void {
    this.#loudest = 0;
    this.#tellLevel();
  }

  #tellLevel(): void {
    const level = this.#loudest;
    const step = levelStep(level);
    this.#chunksUntold += this.#chunksSinceLevel;
    this.#loudest = 0;
    this.#chunksSinceLevel = 0;
    if (step === this.#shownStep && (step === 0 || this.#chunksUntold < REPEAT_AFTER_CHUNKS)) return;
    this.#shownStep = step;
    this.#chunksUntold = 0;
    this.#hub.broadcast({ type: 'level', level });
  }
}
