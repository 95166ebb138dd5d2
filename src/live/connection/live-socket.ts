import { EventEmitter } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocket, type RawData } from 'ws';
import { Heartbeat, type HeartbeatTimings } from './heartbeat.ts';
import { describeError, errorCode } from '../redact.ts';

export interface SocketEnd {
  readonly code: number;
  readonly reason: string;
  readonly httpStatus?: number;
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

export interface LiveSocketOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly handshakeMs: number;
  /** After so long the socket is destroyed. */
  readonly closeMs: number;
  readonly heartbeat: HeartbeatTimings;
}

interface LiveSocketEvents {
  open: [];
  frame: [json: string];
  drain: [];
  /** The other side is out of reach. The socket stays open until it is terminated. */
  dead: [sign: string];
  /** Told once, when the socket is really closed. */
  close: [end: SocketEnd];
}

/** A second of reply audio at 3.3 times real time is about 0.2 MB. */
const MAX_FRAME_BYTES = 16 * 1024 * 1024;

const MAX_PINGS = 500;

const MAX_REFUSAL_BYTES = 4096;

/** The socket under a Live session. Unlike the SDK's it has bounds, real close codes and a view of its buffer. */
export class LiveSocket extends EventEmitter<LiveSocketEvents> {
  readonly #options: LiveSocketOptions;
  #ws: WebSocket | undefined;
  #wire: Socket | undefined;
  #closed = false;
  #closing = false;
  #closeTimer: NodeJS.Timeout | undefined;
  #refusal: { status: number; body: string } | undefined;
  #error: unknown;
  #heartbeat: Heartbeat | undefined;
  /** By the number of the ping. */
  readonly #pings = new Map<number, () => void>();
  #lastPing = 0;

  constructor(options: LiveSocketOptions) {
    super();
    this.#options = options;
  }

  get bufferedBytes(): number {
    return this.#ws?.bufferedAmount ?? 0;
  }

  get isOpen(): boolean {
    return !this.#closing && this.#ws?.readyState === WebSocket.OPEN;
  }

  connect(): void {
    if (this.#closing) return;
    const { url, headers, handshakeMs } = this.#options;
    const ws = new WebSocket(singleSlash(url), {
      headers: { ...headers },
      handshakeTimeout: handshakeMs,
      maxPayload: MAX_FRAME_BYTES,
      // Base64 gains little by it.
      perMessageDeflate: false,
    });
    this.#ws = ws;
    const heartbeat = new Heartbeat(ws, this.#options.heartbeat);
    this.#heartbeat = heartbeat;
    heartbeat.on('dead', (sign) => this.emit('dead', sign));
    ws.on('upgrade', ({ socket }) => {
      this.#wire = socket;
    });
    ws.on('open', () => {
      if (this.#closing) return;
      heartbeat.start();
      this.emit('open');
    });
    ws.on('pong', (data) => {
      if (!this.#closing) this.#ponged(Number(data.toString('utf8')));
    });
    ws.on('message', (data) => {
      if (!this.#closing) this.emit('frame', text(data));
    });
    ws.on('unexpected-response', (request, response) => this.#refused(request, response));
    ws.on('error', (error) => {
      this.#error ??= error;
    });
    ws.on('close', (code, reason) => this.#end(code, reason.toString('utf8')));
  }

  send(message: string): void {
    if (this.#closing || this.#ws?.readyState !== WebSocket.OPEN) return;
    this.#ws.send(message, () => {
      if (this.#closing) return;
      this.#heartbeat?.taken();
      this.emit('drain');
    });
    this.#heartbeat?.handed();
  }

  /** Calls `onPong` when the other side has read all that was sent before. */
  ping(onPong: () => void): void {
    if (!this.isOpen) return;
    this.#lastPing += 1;
    this.#pings.set(this.#lastPing, onPong);
    this.#pings.delete(this.#lastPing - MAX_PINGS);
    this.#heartbeat?.ping(String(this.#lastPing));
  }

  /** Hands the network as one what is sent meanwhile. */
  inOneGo(send: () => void): void {
    this.#wire?.cork();
    try {
      send();
    } finally {
      this.#wire?.uncork();
    }
  }

  close(): void {
    if (this.#closed || this.#closing) return;
    this.#closing = true;
    this.#heartbeat?.dispose();
    if (this.#ws === undefined) {
      this.#end(1006, '');
    } else if (this.#ws.readyState === WebSocket.CONNECTING) {
      this.#ws.terminate();
    } else {
      this.#closeTimer = setTimeout(() => this.#ws?.terminate(), this.#options.closeMs);
      this.#ws.close(1000);
    }
  }

  terminate(): void {
    this.#closing = true;
    this.#heartbeat?.dispose();
    if (this.#ws === undefined) this.#end(1006, '');
    else this.#ws.terminate();
  }

  /** A pong may answer several pings at once, the last of them (RFC 6455, 5.5.3). The heartbeat's have no number. */
  #ponged(number: number): void {
    for (const [ping, onPong] of this.#pings) {
      if (ping > number) return;
      this.#pings.delete(ping);
      onPong();
    }
  }

  /** The body of a refused upgrade tells a bad key from a closed region. */
  #refused(request: ClientRequest, response: IncomingMessage): void {
    const refusal = { status: response.statusCode ?? 0, body: '' };
    this.#refusal = refusal;
    const done = () => {
      request.destroy();
      this.#ws?.terminate();
    };
    response.on('data', (chunk: Buffer) => {
      refusal.body += chunk.toString('utf8');
      if (refusal.body.length > MAX_REFUSAL_BYTES) done();
    });
    response.on('end', done);
    response.on('error', done);
  }

  #end(code: number, reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#closing = true;
    this.#heartbeat?.dispose();
    clearTimeout(this.#closeTimer);
    const system = errorCode(this.#error);
    this.emit('close', {
      code,
      reason: reason !== '' ? reason : refusalReason(this.#refusal?.body),
      ...(this.#refusal === undefined ? {} : { httpStatus: this.#refusal.status }),
      ...(this.#refusal !== undefined || system === undefined ? {} : { errorCode: system }),
      ...(this.#error === undefined ? {} : { errorMessage: describeError(this.#error) }),
    });
  }
}

/** The SDK writes two slashes where the base address ends in one. */
export function singleSlash(url: string): string {
  const path = /^(wss?:\/\/)([^?#]*)/;
  return url.replace(path, (_whole, scheme: string, rest: string) => scheme + rest.replace(/\/{2,}/g, '/'));
}

/** By default a message of ws is one Buffer; its types know other shapes. */
function text(data: RawData): string {
  if (Buffer.isBuffer(data)) return data.toString('utf8');
  return (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)).toString('utf8');
}

/** Google's error bodies are `{"error":{"message"}}`. Of others only short plain text is of use. */
function refusalReason(body: string | undefined): string {
  if (body === undefined) return '';
  const message = /"message"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(body)?.[1];
  if (message !== undefined) return message.replaceAll('\\"', '"');
  return body.includes('<') || body.length > 200 ? '' : body.trim();
}
