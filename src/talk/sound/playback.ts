import type { SurfaceHub } from '../../surface/hub.ts';
import { ReplyAudio } from './reply-audio.ts';

/** A reply may still be playing when the next ones begin; more than this many at once means reports were lost. */
const MAX_PLAYING = 8;

/**
 * The host's side of the loudspeaker: passes reply audio on to the surface that plays, knows how much of it was heard, and
 * keeps it, so that another surface can go on where one was closed and the last reply can be saved.
 */
export class Playback {
  readonly #hub: Pick<SurfaceHub, 'postToMedia'>;
  #playing: ReplyAudio[] = [];
  #last: ReplyAudio | undefined;
  /** Replies are read, not heard: their sound is kept, but not played. */
  silent = false;

  constructor(hub: Pick<SurfaceHub, 'postToMedia'>) {
    this.#hub = hub;
  }

  /** Whether sound of a reply is still to be heard. */
  get speaking(): boolean {
    return this.#playing.some((reply) => !reply.isOver);
  }

  /** The newest reply that had any sound, as far as it came: PCM16, 24 kHz. Empty when there was none. */
  get lastReply(): readonly Uint8Array[] {
    return this.#last?.chunks ?? [];
  }

  audio(number: number, pcm16: Uint8Array): void {
    let reply = this.#find(number);
    if (reply === undefined) {
      reply = this.#last = new ReplyAudio(number);
      this.#playing = [...this.#playing.filter(({ isOver }) => !isOver), reply].slice(-MAX_PLAYING);
    }
    reply.add(pcm16);
    if (this.silent) reply.flush();
    else this.#hub.postToMedia({ type: 'audio', reply: number, pcm16 });
  }

  end(number: number): void {
    this.#find(number)?.end();
    this.#hub.postToMedia({ type: 'audioEnd', reply: number });
  }

  flush(throughReply: number): void {
    for (const reply of this.#playing) if (reply.number <= throughReply) reply.flush();
    this.#hub.postToMedia({ type: 'flush', throughReply });
  }

  /** Takes the surface's report; returns how much of the reply was heard in all, in samples, unless it is long gone. */
  played(number: number, playedSamples: number): number | undefined {
    return this.#find(number)?.played(playedSamples);
  }

  /** Another surface plays from now on: it gets what is left to be heard. */
  resumeOnNewSurface(): void {
    for (const reply of this.#playing) {
      if (reply.isOver) continue;
      for (const pcm16 of reply.unheardForNextPlayer())
        this.#hub.postToMedia({ type: 'audio', reply: reply.number, pcm16 });
      if (reply.isComplete) this.#hub.postToMedia({ type: 'audioEnd', reply: reply.number });
    }
  }

  /** Nobody will play what is left; returns how much of each reply had come, in samples. */
  abandon(): { number: number; samples: number }[] {
    const left = this.#playing.filter(({ isOver }) => !isOver);
    for (const reply of left) reply.flush();
    return left.map(({ number, received }) => ({ number, samples: received }));
  }

  /** The session is over: nothing more is to be heard. The last reply can still be saved. */
  silence(): void {
    const newest = this.#playing.at(-1);
    if (newest !== undefined) this.flush(newest.number);
    this.#playing = [];
  }

  #find(number: number): ReplyAudio | undefined {
    return this.#playing.find((reply) => reply.number === number);
  }
}
