import * as vscode from 'vscode';
import type { SpeakerFailedMessage } from '../../protocol/messages.ts';
import type { SpeakerView } from '../../protocol/session-view.ts';
import type { SurfaceHub } from '../../surface/hub.ts';
import { Playback } from './playback.ts';
import { ReplyMessages } from './reply-messages.ts';

/** What of a session the loudspeaker concerns. */
export interface Listener {
  /** How much of a reply was heard, or read where nobody plays it: samples at 24 kHz. */
  played(reply: number, playedSamples: number): void;
  /** Whether replies that come from now on are read instead of played. */
  setCaptionsOnly(captionsOnly: boolean): void;
}

/** A view that is moved or reloaded is back within a second, and goes on with the reply; after this nobody plays it. */
const NO_PLAYER_AFTER_MS = 3_000;

/** The host's side of the loudspeaker: what is played, what is only read, and what the person is told of it. */
export class SpeakerControl implements vscode.Disposable {
  readonly #hub: SurfaceHub;
  readonly #playback: Playback;
  #listener: Listener | undefined;
  #textReplies = false;
  #muted = false;
  #locked = false;
  #broken = false;
  #graceTimer: NodeJS.Timeout | undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Replies are read from now on, because nobody came to play them. */
  readonly onDidChange = this.#changed.event;

  constructor(hub: SurfaceHub) {
    this.#hub = hub;
    this.#playback = new Playback(new ReplyMessages(hub));
  }

  get view(): SpeakerView {
    return { muted: this.#muted, locked: this.#locked };
  }

  get failed(): boolean {
    return this.#broken;
  }

  get speaking(): boolean {
    return this.#playback.speaking;
  }

  get lastReply(): readonly Uint8Array[] {
    return this.#playback.lastReply;
  }

  /** @param textReplies the person chose to read replies: they are kept for saving, but not played */
  sessionBegins(listener: Listener, textReplies: boolean): void {
    this.#listener = listener;
    this.#textReplies = textReplies;
    this.#settle();
  }

  sessionEnds(): void {
    this.#listener = undefined;
    clearTimeout(this.#graceTimer);
    this.#playback.silence();
  }

  audio(reply: number, pcm16: Uint8Array): void {
    this.#playback.audio(reply, pcm16);
  }

  end(reply: number): void {
    this.#playback.end(reply);
  }

  flush(throughReply: number): void {
    this.#playback.flush(throughReply);
  }

  played(reply: number, playedSamples: number): void {
    const heard = this.#playback.played(reply, playedSamples);
    if (heard !== undefined) this.#listener?.played(reply, heard);
  }

  setLocked(locked: boolean): void {
    this.#locked = locked;
  }

  surfaceFailed(reason: SpeakerFailedMessage['reason']): void {
    if (reason === 'overflow') return;
    this.#broken = true;
    this.#readInstead();
  }

  toggleMuted(): void {
    this.#muted = !this.#muted;
    this.#hub.postToMedia({ type: 'speaker', muted: this.#muted });
  }

  /** Another surface plays from now on, or none does. */
  surfaceChanged(): void {
    this.#locked = false;
    this.#broken = false;
    if (this.#canPlay) this.#hub.postToMedia({ type: 'speaker', muted: this.#muted });
    this.#settle();
  }

  dispose(): void {
    clearTimeout(this.#graceTimer);
    this.#changed.dispose();
  }

  get #canPlay(): boolean {
    return this.#hub.mediaAbilities.has('playback');
  }

  /** Brings playing or reading in line with who is there. */
  #settle(): void {
    clearTimeout(this.#graceTimer);
    if (this.#listener === undefined) return;
    if (this.#textReplies) {
      this.#readInstead();
    } else if (this.#canPlay) {
      this.#playback.silent = false;
      this.#listener.setCaptionsOnly(false);
      this.#playback.resumeOnNewSurface();
    } else {
      this.#graceTimer = setTimeout(() => {
        this.#readInstead();
        this.#changed.fire();
      }, NO_PLAYER_AFTER_MS);
    }
  }

  /** Nobody plays: what has come counts as read, and so does what comes. */
  #readInstead(): void {
    this.#playback.silent = true;
    for (const { number, samples } of this.#playback.abandon()) this.#listener?.played(number, samples);
    this.#listener?.setCaptionsOnly(true);
  }
}
