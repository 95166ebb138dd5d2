import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';

export type Json = Record<string, unknown>;

/** How the peer answers an upgrade: as a WebSocket, with a refusal, or never. */
export type Upgrade = { readonly status: number; readonly body: string } | 'accept' | 'never';

/** The service's end of one connection: says what a test tells it and keeps all that it hears. */
export class PeerConnection {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly heard: Json[] = [];
  readonly closed: Promise<number>;
  /** Pings of the client, all of them answered unless the connection is paused or no more are to be. */
  pings = 0;
  /** How many pings are still answered. */
  pongs = Infinity;
  readonly #socket: WebSocket;
  #read = 0;
  #waiting: (() => void) | undefined;

  constructor(socket: WebSocket, request: IncomingMessage) {
    this.#socket = socket;
    this.url = request.url ?? '';
    this.headers = request.headers;
    this.closed = new Promise((resolve) => {
      socket.on('close', resolve);
    });
    socket.on('ping', (data) => {
      this.pings += 1;
      if (this.pongs > 0) socket.pong(data);
      this.pongs -= 1;
      this.#waiting?.();
    });
    socket.on('message', (data: Buffer) => {
      // A client of the Live API sends nothing but JSON objects.
      this.heard.push(JSON.parse(data.toString('utf8')) as Json);
      this.#waiting?.();
    });
  }

  /** As Google does: pretty-printed JSON in a binary frame. */
  say(...messages: Json[]): this {
    for (const message of messages) this.#socket.send(Buffer.from(JSON.stringify(message, undefined, 2)));
    return this;
  }

  sayRaw(text: string | Buffer): this {
    this.#socket.send(text);
    return this;
  }

  /** Waits for the setup and accepts it. */
  async accept(...followedBy: Json[]): Promise<Json> {
    const setup = await this.hears('setup');
    this.say({ setupComplete: {} }, ...followedBy);
    return setup;
  }

  /** The next message with this field, in order; earlier ones are passed over. */
  async hears(field: string): Promise<Json> {
    for (;;) {
      for (; this.#read < this.heard.length;) {
        const message = this.heard[this.#read];
        this.#read += 1;
        const value = message?.[field];
        if (value !== undefined) return value as Json;
      }
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
  }

  /** Until the client has asked so many times whether anybody is there. */
  async pinged(times: number): Promise<void> {
    while (this.pings < times) {
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
  }

  close(code?: number, reason?: string): void {
    this.#socket.close(code, reason);
  }

  /** As a network that breaks: no closing handshake. */
  cut(): void {
    this.#socket.terminate();
  }

  /** Stops reading: the client's buffer grows. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }
}

/** A WebSocket server on 127.0.0.1 that a test speaks through, connection by connection. */
export class Peer {
  readonly baseUrl: string;
  readonly connections: PeerConnection[] = [];
  readonly upgradeUrls: string[] = [];
  upgrade: Upgrade = 'accept';
  readonly #server: Server;
  readonly #sockets = new Set<Duplex>();
  #taken = 0;
  #waiting: (() => void) | undefined;

  private constructor(server: Server) {
    this.#server = server;
    // An http server that listens on TCP has this address.
    this.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const wss = new WebSocketServer({ noServer: true, autoPong: false });
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        this.#waiting?.();
      });
    });
    server.on('upgrade', (request, socket, head) => {
      this.upgradeUrls.push(request.url ?? '');
      this.#waiting?.();
      const { upgrade } = this;
      if (upgrade === 'never') {
        socket.on('end', () => socket.end());
        socket.resume();
        return;
      }
      if (upgrade !== 'accept') {
        const { status, body } = upgrade;
        socket.end(
          `HTTP/1.1 ${status} Refused\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
        );
        return;
      }
      wss.handleUpgrade(request, socket, head, (ws) => {
        this.connections.push(new PeerConnection(ws, request));
        this.#waiting?.();
      });
    });
  }

  static async listen(): Promise<Peer> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Peer(server);
  }

  /** Until the client has closed every socket it opened. */
  async deserted(): Promise<void> {
    while (this.#sockets.size > 0) await this.#something();
  }

  /** The next connection, in order. */
  async connection(): Promise<PeerConnection> {
    for (;;) {
      const connection = this.connections[this.#taken];
      if (connection !== undefined) {
        this.#taken += 1;
        return connection;
      }
      await this.#something();
    }
  }

  /** Until so many upgrades have been asked for. */
  async upgraded(count: number): Promise<void> {
    while (this.upgradeUrls.length < count) await this.#something();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #something(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#waiting = resolve;
    });
  }
}
