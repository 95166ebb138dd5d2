import type { MicrophoneMessage } from '../src/protocol/messages.ts';
import type { MicrophoneStart } from './microphone/microphone-state.ts';

/** What is used of `Microphone`. */
export interface FollowingMicrophone {
  readonly state: { readonly kind: string };
  start(start: MicrophoneStart): Promise<void>;
  mute(): void;
  unmute(): void;
  stop(): Promise<void>;
}

interface FollowerOptions {
  readonly microphone: FollowingMicrophone;
  /** Settles when the microphone may be opened; what comes of it does not matter once the signal is aborted. */
  readonly untilMayOpen: (signal: AbortSignal) => Promise<void>;
  /** Id of the device to open; undefined: the default one. */
  readonly deviceId: () => string | undefined;
}

/**
 * Brings the microphone to what the host wants. The host may repeat itself; a microphone that failed is only tried again
 * when the attempt number has grown or another device was chosen, so that a repeated request does not ask the person again
 * and again.
 */
export class MicrophoneFollower {
  readonly #options: FollowerOptions;
  #attempt: number | undefined;
  #request: MicrophoneMessage | undefined;
  #waiting: AbortController | undefined;
  #openedDeviceId: string | undefined;

  constructor(options: FollowerOptions) {
    this.#options = options;
  }

  follow(request: MicrophoneMessage): void {
    this.#request = request;
    this.#waiting?.abort();
    this.#waiting = undefined;
    if (request.wanted === 'on') void this.#obeyWhenAllowed(request);
    else this.#obey(request);
  }

  /** Another device is the chosen one now. */
  deviceChanged(): void {
    const request = this.#request;
    // One that still waits looks at the device when its time comes.
    if (request === undefined || this.#waiting !== undefined) return;
    if (request.wanted !== 'off' && this.#options.deviceId() !== this.#openedDeviceId) this.#obey(request, true);
  }

  /** Waits for nothing any more. */
  dispose(): void {
    this.#waiting?.abort();
    this.#waiting = undefined;
    this.#request = undefined;
  }

  async #obeyWhenAllowed(request: MicrophoneMessage): Promise<void> {
    const waiting = new AbortController();
    this.#waiting = waiting;
    await this.#options.untilMayOpen(waiting.signal);
    if (waiting.signal.aborted) return;
    this.#waiting = undefined;
    this.#obey(request);
  }

  #obey({ wanted, processing, attempt }: MicrophoneMessage, afresh = false): void {
    const { microphone, deviceId } = this.#options;
    const isNewAttempt = afresh || attempt !== this.#attempt;
    this.#attempt = attempt;
    if (wanted === 'off') {
      void microphone.stop();
      return;
    }
    if (microphone.state.kind === 'failed' && !isNewAttempt) return;
    const chosen = deviceId();
    this.#openedDeviceId = chosen;
    void microphone.start({ processing, ...(chosen !== undefined && { deviceId: chosen }) });
    // Straight after `start`: a microphone that is wanted muted is then never opened.
    if (wanted === 'muted') microphone.mute();
    else microphone.unmute();
  }
}
