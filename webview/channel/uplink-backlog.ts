/** One second of 16 kHz PCM16: what waits longer than that is no conversation any more. */
const LIMIT_BYTES = 32_000;
/** A chunk is 20 ms. */
const CHUNK_MS = 20;
/** A tenth of a second of sound. While more than that waits, the line is slower than speech and has no room for pictures. */
const FREE_BYTES = 3_200;

interface Piece {
  bytes: number;
  readonly kind: 'picture' | 'other';
}

/**
 * Keeps the microphone from piling up where the network is slower than speech. Only whole chunks are left out. Pictures are
 * many times larger than sound: what waits of them is not held against the sound behind them, and no frame is let in
 * before the last picture has left.
 */
export class UplinkBacklog {
  readonly #warn: (sentence: string) => void;
  /** What the socket holds back, in order, as far as it was `added`. */
  readonly #waiting: Piece[] = [];
  #dropped = 0;

  constructor(warn: (sentence: string) => void) {
    this.#warn = warn;
  }

  /** Whether one more chunk of sound may go out while so many bytes wait in the socket. */
  admits(waitingBytes: number): boolean {
    if (this.#waitingBesidesPictures(waitingBytes) > LIMIT_BYTES) {
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

  /** Whether a frame may go out while so many bytes wait in the socket. */
  admitsPicture(waitingBytes: number): boolean {
    return waitingBytes <= FREE_BYTES;
  }

  /** A message was given to the socket, which makes so many bytes of it. */
  added(bytes: number, kind: Piece['kind']): void {
    const last = this.#waiting.at(-1);
    if (last?.kind === kind) last.bytes += bytes;
    else if (bytes > 0) this.#waiting.push({ bytes, kind });
  }

  /** Another socket, which holds nothing back yet. */
  clear(): void {
    this.#waiting.length = 0;
  }

  #waitingBesidesPictures(waitingBytes: number): number {
    let gone = this.#waiting.reduce((sum, { bytes }) => sum + bytes, 0) - waitingBytes;
    for (let first = this.#waiting[0]; first !== undefined && gone > 0; first = this.#waiting[0]) {
      if (first.bytes > gone) {
        first.bytes -= gone;
        break;
      }
      gone -= first.bytes;
      this.#waiting.shift();
    }
    const pictures = this.#waiting.reduce((sum, { bytes, kind }) => sum + (kind === 'picture' ? bytes : 0), 0);
    return waitingBytes - pictures;
  }
}
