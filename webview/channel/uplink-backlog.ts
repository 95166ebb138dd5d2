/** One second of 16 kHz PCM16: what waits longer than that is no conversation any more. */
const LIMIT_BYTES = 32_000;
/** A chunk is 20 ms. */
const CHUNK_MS = 20;

/** Keeps the microphone from piling up where the network is slower than speech. Only whole chunks are left out. */
export class UplinkBacklog {
  readonly #warn: (sentence: string) => void;
  #dropped = 0;

  constructor(warn: (sentence: string) => void) {
    this.#warn = warn;
  }

  /** Whether one more chunk may go out while so many bytes wait in the socket. */
  admits(waitingBytes: number): boolean {
    if (waitingBytes > LIMIT_BYTES) {
      if (this.#dropped === 0) this.#warn('The line to VS Code is too slow: microphone sound is being dropped.');
      this.#dropped += 1;
      return false;
    }
    if (this.#dropped > 0) {
      const lostMs = this.#dropped * CHUNK_MS;
      this.#warn(`The line to VS Code has recovered: ${lostMs} ms of microphone sound were dropped.`);
      this.#dropped = 0;
    }
    return true;
  }
}
