import type {
  AudioEndMessage,
  AudioMessage,
  FlushMessage,
  FromSurface,
  MicrophoneMessage,
  SpeakerMessage,
} from '../src/protocol/messages.ts';
import { ownBuffer } from './channel/incoming.ts';
import { MicrophoneFollower } from './follow-microphone.ts';
import { Microphone } from './microphone/microphone.ts';
import { Speaker } from './speaker/speaker.ts';
import type { SpeakerFailure } from './speaker/speaker-state.ts';

/** Where the host serves the audio worklets from: a webview's addresses are only known there. */
export interface MediaAssets {
  readonly microphoneWorkletUrl: string;
  readonly speakerWorkletUrl: string;
}

interface MediaOptions {
  readonly assets: MediaAssets;
  readonly post: (message: FromSurface) => void;
  /** The browser holds the microphone back until the person clicks or presses a key in this page, or no more. */
  readonly onMicrophoneWaits: (waits: boolean) => void;
}

/** What the host says to the surface that captures and plays. */
export type MediaMessage = MicrophoneMessage | AudioMessage | AudioEndMessage | FlushMessage | SpeakerMessage;

/**
 * The ears and the voice of a surface, from the moment it is given the `media` role until it loses it. What goes through
 * here never touches the view, so that a busy page cannot hold up the sound.
 */
export class Media {
  readonly #assets: MediaAssets;
  readonly #post: (message: FromSurface) => void;
  readonly #microphone: Microphone;
  readonly #follower: MicrophoneFollower;
  /** Made with the first session: an audio output kept open for nothing costs battery. */
  #speaker: Speaker | undefined;
  #speakerMuted = false;

  constructor({ assets, post, onMicrophoneWaits }: MediaOptions) {
    this.#assets = assets;
    this.#post = post;
    this.#microphone = new Microphone({
      workletUrl: assets.microphoneWorkletUrl,
      onChunk: ({ sequence, pcm16, level }) =>
        post({ type: 'microphoneChunk', sequence, pcm16: new Uint8Array(pcm16), level }),
      onState: (state) => {
        const waits = state.kind === 'starting' && state.needsGesture;
        post({ type: 'microphoneState', state: waits ? { kind: 'waiting' } : state });
        onMicrophoneWaits(waits);
      },
    });
    this.#follower = new MicrophoneFollower(this.#microphone);
  }

  receive(message: MediaMessage): void {
    switch (message.type) {
      case 'microphone':
        if (message.wanted !== 'off') this.#openSpeaker();
        this.#follower.follow(message);
        return;
      case 'audio':
        this.#openSpeaker().enqueue(message.reply, ownBuffer(message.pcm16));
        return;
      case 'audioEnd':
        this.#speaker?.finish(message.reply);
        return;
      case 'flush':
        this.#speaker?.flush(message.throughReply);
        return;
      case 'speaker':
        this.#speakerMuted = message.muted;
        this.#speaker?.setMuted(message.muted);
        return;
    }
  }

  /** Call it in every click and key press: browsers keep pages silent until one. */
  unlock(): void {
    this.#speaker?.unlock();
  }

  dispose(): void {
    this.#microphone.dispose();
    void this.#speaker?.dispose();
    this.#speaker = undefined;
  }

  #openSpeaker(): Speaker {
    if (this.#speaker !== undefined) return this.#speaker;
    const speaker = new Speaker({
      workletUrl: this.#assets.speakerWorkletUrl,
      onPlayed: ({ reply, playedSamples, bufferedSamples, underruns }) =>
        this.#post({ type: 'played', reply, playedSamples, bufferedSamples, underruns }),
      onLocked: (locked) => this.#post({ type: 'speakerLocked', locked }),
      onFailed: (failure) => this.#post(failureMessage(failure)),
    });
    if (this.#speakerMuted) speaker.setMuted(true);
    this.#speaker = speaker;
    return speaker;
  }
}

function failureMessage(failure: SpeakerFailure): FromSurface {
  const { reason } = failure;
  const detail = reason === 'overflow' ? `${failure.droppedSamples} samples of reply ${failure.reply}` : failure.detail;
  return { type: 'speakerFailed', reason, detail: detail.slice(0, 500) };
}
