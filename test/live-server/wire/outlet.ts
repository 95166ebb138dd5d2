// The way out to one client, with the manners of the real service: binary frames of pretty-printed JSON.
import type { WebSocket } from 'ws';
import type { JsonObject } from './json-value.ts';
import { cutReason, type CloseReason } from './reasons.ts';

/** While stalled, frames wait here; beyond this many the oldest are lost, as a test that stalls never needs them all. */
const HELD_FRAMES_LIMIT = 10_000;

export class Outlet {
  readonly #socket: WebSocket;
  readonly #onSent: (message: JsonObject) => void;
  #held: Buffer[] | undefined;

  constructor(socket: WebSocket, onSent: (message: JsonObject) => void) {
    this.#socket = socket;
    this.#onSent = onSent;
  }

  get open(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** Bytes written but not yet taken by the operating system. */
  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  send(message: JsonObject): void {
    if (!this.open) return;
    this.#onSent(message);
    this.#write(Buffer.from(`${JSON.stringify(message, undefined, 2)}\n`, 'utf8'));
  }

  /** Sends a frame as it is; a string uses the text opcode. */
  sendRaw(frame: string | Buffer): void {
    if (!this.open) return;
    if (typeof frame === 'string') this.#socket.send(frame);
    else this.#write(frame);
  }

  /** Stops sending: frames are held until `resumeSending`. */
  stallSending(): void {
    this.#held ??= [];
  }

  resumeSending(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const frame of held) this.#write(frame);
  }

  /** Stops reading the TCP socket, so that the client's own buffer grows. */
  stallReading(): void {
    this.#socket.pause();
  }

  resumeReading(): void {
    this.#socket.resume();
  }

  close({ code, reason }: CloseReason): void {
    // A stalled reader would never see the client's answer to the close frame.
    this.#socket.resume();
    this.#socket.close(code, cutReason(reason));
  }

  /** Ends the TCP connection without a close frame: the client sees 1006. */
  terminate(): void {
    this.#socket.terminate();
  }

  #write(frame: Buffer): void {
    if (!this.#held) {
      this.#socket.send(frame, { binary: true });
      return;
    }
    this.#held.push(frame);
    if (this.#held.length > HELD_FRAMES_LIMIT) this.#held.shift();
  }
}
