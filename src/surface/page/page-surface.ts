import { decode, encode } from '@msgpack/msgpack';
import * as vscode from 'vscode';
import type { WebSocket } from 'ws';
import { readFromSurface } from '../../protocol/from-surface.ts';
import type { FromSurface, ToSurface } from '../../protocol/messages.ts';
import { PAGE_CLOSE, type FromPage, type ToPage } from '../../protocol/page-line.ts';
import type { Surface } from '../surface.ts';

/** How often the page is asked whether it lives. Its answers are no timers' work, so no throttling delays them. */
const PING_EVERY_MS = 250;
/**
 * Without a word after so many pings, and the person is told: it takes 750 ms to a second, and a page that captures says
 * something 50 times a second. Counted, since a time would be this window's as well: where it was busy, or the computer
 * asleep, its timer comes before what lies unread.
 */
const SILENT_AFTER_PINGS = 3;
/** A page that does not take what it is sent: about a minute and a half of reply audio. */
const MAX_UNSENT_BYTES = 4 * 1024 * 1024;

const MESSAGES_PER_SECOND = 400;
const BYTES_PER_SECOND = 2 * 1024 * 1024;
const BURST_SECONDS = 6;

/** A page in the person's browser that was let in, as a surface. */
export class PageSurface implements Surface {
  readonly kind = 'page';
  readonly #socket: WebSocket;
  readonly #log: vscode.LogOutputChannel;
  readonly #received = new vscode.EventEmitter<FromSurface>();
  readonly #closed = new vscode.EventEmitter<void>();
  readonly #respondingChanged = new vscode.EventEmitter<boolean>();
  readonly onDidReceive = this.#received.event;
  readonly onDidClose = this.#closed.event;
  /** The page has gone silent, or is back. */
  readonly onDidChangeResponding = this.#respondingChanged.event;
  readonly #messages = new RateLimit(MESSAGES_PER_SECOND, MESSAGES_PER_SECOND * BURST_SECONDS);
  readonly #bytes = new RateLimit(BYTES_PER_SECOND, BYTES_PER_SECOND * BURST_SECONDS);
  readonly #pulse: NodeJS.Timeout;
  /** How often the page was asked since it last said anything. */
  #unansweredPings = 0;
  #responding = true;
  #gone = false;

  constructor(socket: WebSocket, secret: string, log: vscode.LogOutputChannel) {
    this.#socket = socket;
    this.#log = log;
    socket.on('message', (data: Buffer, isBinary) => this.#read(data, isBinary));
    socket.on('close', () => this.#leave());
    this.#pulse = setInterval(() => this.#beat(), PING_EVERY_MS);
    this.#send({ type: 'welcome', secret });
  }

  get visible(): boolean {
    // The person may be looking at it; VS Code cannot know, and must not rely on it to show a problem.
    return false;
  }

  post(message: ToSurface): void {
    this.#send({ type: 'message', message });
  }

  /** @param code says to the page why; one of `PAGE_CLOSE` */
  close(code: number): void {
    this.#socket.close(code);
    this.#leave();
  }

  dispose(): void {
    this.close(PAGE_CLOSE.ended);
  }

  #send(line: ToPage): void {
    if (this.#gone) return;
    if (this.#socket.bufferedAmount > MAX_UNSENT_BYTES) {
      this.#log.warn('page: it no longer takes what it is sent; its connection is ended');
      this.#socket.terminate();
      return;
    }
    this.#socket.send(encode(line));
  }

  #read(data: Buffer, isBinary: boolean): void {
    if (this.#gone) return;
    if (!this.#messages.take(1) || !this.#bytes.take(data.byteLength)) return this.#misbehaved('too much');
    this.#heard();
    const line = isBinary ? readLine(data) : undefined;
    if (line === undefined) return this.#misbehaved('no message');
    if (line.type === 'pong') return;
    if (line.type !== 'message') return this.#misbehaved(line.type);
    const read = readFromSurface(line.message);
    if ('message' in read) this.#received.fire(read.message);
    else this.#log.warn(`page: a message was refused (${read.complaint})`);
  }

  #misbehaved(what: string): void {
    this.#log.warn(`page: its connection is ended (${what})`);
    this.close(PAGE_CLOSE.misbehaved);
  }

  #heard(): void {
    this.#unansweredPings = 0;
    this.#setResponding(true);
  }

  #beat(): void {
    if (this.#unansweredPings >= SILENT_AFTER_PINGS) this.#setResponding(false);
    this.#unansweredPings += 1;
    this.#send({ type: 'ping' });
  }

  #setResponding(responding: boolean): void {
    if (this.#responding === responding || this.#gone) return;
    this.#responding = responding;
    this.#respondingChanged.fire(responding);
  }

  #leave(): void {
    if (this.#gone) return;
    this.#gone = true;
    clearInterval(this.#pulse);
    this.#closed.fire();
    this.#received.dispose();
    this.#closed.dispose();
    this.#respondingChanged.dispose();
  }
}

/** One line of the page's, or nothing when it is none. Only its own shape is looked at, not what a message holds. */
export function readLine(data: Uint8Array): FromPage | undefined {
  let line: unknown;
  try {
    line = decode(data, { maxStrLength: 100_000, maxBinLength: 1_000_000, maxArrayLength: 100, maxMapLength: 50 });
  } catch {
    return undefined;
  }
  if (typeof line !== 'object' || line === null || !('type' in line)) return undefined;
  switch (line.type) {
    case 'pong':
      return { type: 'pong' };
    case 'message':
      return 'message' in line ? { type: 'message', message: line.message } : undefined;
    case 'hello':
      return 'token' in line && isSecret(line.token) ? { type: 'hello', token: line.token } : undefined;
    case 'helloAgain':
      return 'secret' in line && isSecret(line.secret) ? { type: 'helloAgain', secret: line.secret } : undefined;
    default:
      return undefined;
  }
}

function isSecret(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 100;
}

/**
 * A token bucket. A page sends up to 25 messages of sound a second and some seven reports; a surface that was held up may
 * bunch some seconds of them.
 */
class RateLimit {
  readonly #perSecond: number;
  readonly #burst: number;
  #left: number;
  #lastMs: number;

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#left = burst;
    this.#lastMs = performance.now();
  }

  /** Whether `amount` more is allowed now. What is not allowed is not counted. */
  take(amount: number): boolean {
    const now = performance.now();
    this.#left = Math.min(this.#burst, this.#left + ((now - this.#lastMs) / 1000) * this.#perSecond);
    this.#lastMs = now;
    if (this.#left < amount) return false;
    this.#left -= amount;
    return true;
  }
}
