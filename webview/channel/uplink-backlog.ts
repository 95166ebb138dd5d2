/** One second of 16 kHz PCM16: what waits longer than that is no conversation any more. */
const LIMIT_BYTES = 32_000;
/** A tenth of a second of sound. While more than that waits, the line is slower than speech and has no room for pictures. */
const FREE_BYTES = 3_200;
/** Sound that may have piled up behind a picture: as long as a frame takes, but not as long as the largest still. */
const MOST_BEHIND_PICTURE_BYTES = 120_000;

/**
 * Keeps the microphone from piling up where the network is slower than speech. Only whole chunks are left out. A picture is
 * many times larger than sound, so neither what waits of it nor the sound that had to wait behind it is held against the
 * microphone, and no frame is let in before everything has left.
 */
export class UplinkBacklog {
  readonly #warn: (sentence: string) => void;
  /** Of the pictures that went out since the line was last free. */
  #pictureBytes = 0;
  #droppedMs = 0;

  constructor(warn: (sentence: string) => void) {
    this.#warn = warn;
  }

  /** Whether more sound, so many milliseconds of it, may go out while so many bytes wait in the socket. */
  admits(waitingBytes: number, soundMs: number): boolean {
    if (waitingBytes <= FREE_BYTES) this.#pictureBytes = 0;
    const behindBytes = Math.min(this.#pictureBytes, MOST_BEHIND_PICTURE_BYTES);
    if (waitingBytes > LIMIT_BYTES + this.#pictureBytes + behindBytes) {
      if (this.#droppedMs === 0) this.#warn('The line to VS Code is too slow: microphone sound is being dropped.');
      this.#droppedMs += soundMs;
      return false;
    }
    if (this.#droppedMs > 0) {
      this.#warn(`The line to VS Code has recovered: ${this.#droppedMs} ms of microphone sound were dropped.`);
      this.#droppedMs = 0;
    }
    return true;
  }

  /** Whether a frame may go out while so many bytes wait in the socket. */
  admitsFrame(waitingBytes: number): boolean {
    return waitingBytes <= FREE_BYTES;
  }

  /** A picture of that size was given to the socket. */
  addedPicture(bytes: number): void {
    this.#pictureBytes += bytes;
  }

  /** Another socket, which holds nothing back yet. */
  clear(): void {
    this.#pictureBytes = 0;
  }
}
