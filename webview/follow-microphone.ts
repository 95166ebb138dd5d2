import type { MicrophoneMessage } from '../src/protocol/messages.ts';

/** What is used of `Microphone`. */
export interface FollowingMicrophone {
  readonly state: { readonly kind: string };
  start(start: { readonly processing: boolean }): Promise<void>;
  mute(): void;
  unmute(): void;
  stop(): Promise<void>;
}

/**
 * Brings the microphone to what the host wants. The host may repeat itself; a microphone that failed is only tried again
 * when the attempt number has grown, so that a repeated wish does not ask the person again and again.
 */
export class MicrophoneFollower {
  readonly #microphone: FollowingMicrophone;
  #attempt: number | undefined;

  constructor(microphone: FollowingMicrophone) {
    this.#microphone = microphone;
  }

  follow({ wanted, processing, attempt }: MicrophoneMessage): void {
    const isNewAttempt = attempt !== this.#attempt;
    this.#attempt = attempt;
    if (wanted === 'off') {
      void this.#microphone.stop();
      return;
    }
    if (this.#microphone.state.kind === 'failed' && !isNewAttempt) return;
    void this.#microphone.start({ processing });
    // Straight after `start`: a microphone that is wanted muted is then never opened.
    if (wanted === 'muted') this.#microphone.mute();
    else this.#microphone.unmute();
  }
}
