import { decode, Encoder } from '@msgpack/msgpack';
import type { FromPage } from '../../src/protocol/page-line.ts';

/** The host says something four times a second. After this long without a word it is taken for gone. */
const SILENT_AFTER_MS = 2_000;
/** A tunnel to a remote window takes its time; a host that has not let us in by then is not there. */
const ADMISSION_WAIT_MS = 8_000;
/** What browsers report when a connection just ends (RFC 6455, 7.4.1). */
export const ABNORMAL_CLOSURE = 1006;

interface HostSocketOptions {
  readonly url: string;
  readonly hello: FromPage;
  /** Let in, with the secret for the next time. */
  readonly onWelcome: (secret: string) => void;
  /** A message of the protocol proper, unchecked. */
  readonly onMessage: (message: unknown) => void;
  /** Once, whatever the reason. Nothing is reported after it. */
  readonly onGone: (closeCode: number) => void;
}

/**
 * One connection to the host, from the first byte to the last. It knows whether the host lives by what the host says, and
 * compares clocks whenever something moves: sound and messages are never throttled, timers in a background tab are.
 */
export class HostSocket {
  readonly #options: HostSocketOptions;
  readonly #socket: WebSocket;
  readonly #encoder = new Encoder({ ignoreUndefined: true });
  readonly #listening = new AbortController();
  readonly #watch: ReturnType<typeof setInterval>;
  readonly #openedAtMs = performance.now();
  #admitted = false;
  #heardAtMs = performance.now();

  constructor(options: HostSocketOptions) {
    this.#options = options;
    this.#socket = new WebSocket(options.url);
    this.#socket.binaryType = 'arraybuffer';
    const { signal } = this.#listening;
    this.#socket.addEventListener('open', () => this.#send(options.hello), { signal });
    this.#socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => this.#receive(data), { signal });
    this.#socket.addEventListener('close', ({ code }) => this.#leave(code), { signal });
    // For when nothing else moves: the microphone is off and the host has fallen silent.
    this.#watch = setInterval(() => this.check(), SILENT_AFTER_MS / 2);
  }

  /** Whether messages may be sent. */
  get admitted(): boolean {
    return this.#admitted;
  }

  /** What the browser still holds back. */
  get waitingBytes(): number {
    return this.#socket.bufferedAmount;
  }

  send(message: unknown): void {
    if (this.#admitted) this.#send({ type: 'message', message });
  }

  /** Call it by the audio clock: gives the connection up when the host has been silent for too long. */
  check(): void {
    const now = performance.now();
    const tooLong = this.#admitted
      ? now - this.#heardAtMs > SILENT_AFTER_MS
      : now - this.#openedAtMs > ADMISSION_WAIT_MS;
    if (tooLong) this.giveUp();
  }

  /** Ends it from here and reports it as lost, without waiting for a host that may not answer. */
  giveUp(): void {
    this.#leave(ABNORMAL_CLOSURE);
  }

  /** Ends it without a report. */
  dispose(): void {
    this.#listening.abort();
    clearInterval(this.#watch);
    this.#admitted = false;
    this.#socket.close();
  }

  #leave(closeCode: number): void {
    if (this.#listening.signal.aborted) return;
    this.dispose();
    this.#options.onGone(closeCode);
  }

  #receive(data: unknown): void {
    // A page that slept finds seconds of old messages here: what they say is no longer true.
    this.check();
    if (this.#listening.signal.aborted) return;
    this.#heardAtMs = performance.now();
    const line = data instanceof ArrayBuffer ? decode(data) : undefined;
    if (typeof line !== 'object' || line === null || !('type' in line)) return;
    switch (line.type) {
      case 'ping':
        this.#send({ type: 'pong' });
        return;
      case 'welcome':
        if (!('secret' in line) || typeof line.secret !== 'string') return;
        this.#admitted = true;
        this.#options.onWelcome(line.secret);
        return;
      case 'message':
        if ('message' in line) this.#options.onMessage(line.message);
        return;
      default:
    }
  }

  #send(line: FromPage): void {
    // The host may have begun to close it; the event that says so is still to come.
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(this.#encoder.encodeSharedRef(line));
  }
}
