import type { MicrophoneChunkMessage, ToSurface } from '../protocol/messages.ts';
import type { MicrophoneState } from '../protocol/session-view.ts';

/** Chunks are 20 ms: the meter moves ten times a second. */
const CHUNKS_PER_LEVEL = 5;

interface MicrophoneDeskOptions {
  postToMedia(message: ToSurface): void;
  broadcast(message: ToSurface): void;
  processing(): boolean;
  /** Whether the surface that captures may use a microphone at all. */
  canCapture(): boolean;
}

/**
 * What the microphone should be doing, and what the surface says it is doing. The desk asks; only the surface's report is
 * ever shown, so that nobody is told that they are heard, or not heard, when it is otherwise.
 */
export class MicrophoneDesk {
  private readonly options: MicrophoneDeskOptions;
  private open = false;
  private mutedByPerson = false;
  private attempt = 0;
  private reported: MicrophoneState = { kind: 'off' };
  private chunksSinceLevel = 0;
  private loudest = 0;

  constructor(options: MicrophoneDeskOptions) {
    this.options = options;
  }

  get state(): MicrophoneState {
    return this.reported;
  }

  get muted(): boolean {
    return this.mutedByPerson;
  }

  /** A session begins: capture, unless the person muted the microphone beforehand. */
  openForSession(): void {
    this.open = true;
    this.ask();
  }

  closeAfterSession(): void {
    this.open = false;
    this.mutedByPerson = false;
    this.ask();
    this.silence();
  }

  setMuted(muted: boolean): void {
    this.mutedByPerson = muted;
    this.ask();
    if (muted) this.silence();
  }

  /** The person asked to try again a microphone that failed. */
  retry(): void {
    this.attempt += 1;
    this.ask();
  }

  /** Tells the surface that captures what is wanted; also when it has just taken over, or a setting changed. */
  ask(): void {
    this.options.postToMedia({
      type: 'microphone',
      wanted: !this.open || !this.options.canCapture() ? 'off' : this.mutedByPerson ? 'muted' : 'on',
      processing: this.options.processing(),
      attempt: this.attempt,
    });
  }

  /** Nobody captures any more: the surface has gone, and its microphone with it. */
  surfaceGone(): void {
    this.report({ kind: 'off' });
  }

  report(state: MicrophoneState): void {
    this.reported = state;
    if (state.kind !== 'on') this.silence();
  }

  /** Whether the chunk may go to the service. One that was on its way when the person muted may not. */
  accepts(chunk: MicrophoneChunkMessage): boolean {
    if (!this.open || this.mutedByPerson) return false;
    this.loudest = Math.max(this.loudest, chunk.level);
    this.chunksSinceLevel += 1;
    if (this.chunksSinceLevel >= CHUNKS_PER_LEVEL) this.tellLevel();
    return true;
  }

  private silence(): void {
    this.loudest = 0;
    this.tellLevel();
  }

  private tellLevel(): void {
    this.options.broadcast({ type: 'level', level: this.loudest });
    this.loudest = 0;
    this.chunksSinceLevel = 0;
  }
}
