import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { PageFile } from './page-files.ts';
import { SECURITY_HEADERS } from './page-html.ts';
import type { RequestGuard } from './request-guard.ts';

/** Where the page's socket is, relative to the page. */
export const SOCKET_PATH = '/socket';

/** One page, its files and a reload at the same time need a dozen; the rest is somebody else. */
const MAX_CONNECTIONS = 64;
/** Sockets at once, joined or not. */
const MAX_SOCKETS = 8;
/** The largest message is a second of microphone or, one day, a sharp picture. */
const MAX_MESSAGE_BYTES = 1024 * 1024;
const MAX_HEADER_BYTES = 16 * 1024;
const HEADERS_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 5_000;
const CONNECTION_CHECK_MS = 1_000;
/** For a page to take in that the session has ended. */
const FAREWELL_MS = 500;

interface PageServerOptions {
  readonly files: ReadonlyMap<string, PageFile>;
  readonly guard: RequestGuard;
  /** A socket of our own page. It has not shown a pass yet. */
  readonly onSocket: (socket: WebSocket) => void;
}

/** Serves the bundle's files and the page's socket on 127.0.0.1, to our own page only. */
export class PageServer {
  readonly #options: PageServerOptions;
  readonly #http: Server;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
    clientTracking: true,
  });

  constructor(options: PageServerOptions) {
    this.#options = options;
    this.#http = createServer(
      {
        maxHeaderSize: MAX_HEADER_BYTES,
        headersTimeout: HEADERS_TIMEOUT_MS,
        requestTimeout: REQUEST_TIMEOUT_MS,
        keepAliveTimeout: KEEP_ALIVE_MS,
        connectionsCheckingInterval: CONNECTION_CHECK_MS,
      },
      (request, response) => this.#answer(request, response),
    );
    this.#http.maxConnections = MAX_CONNECTIONS;
    this.#http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    this.#http.on('clientError', (_error, socket) => socket.destroy());
  }

  /**
   * Listens on 127.0.0.1, on the preferred port where it is free: a browser remembers permissions by port.
   *
   * @returns the port
   */
  async listen(preferredPort: number): Promise<number> {
    try {
      return await this.#listenOn(preferredPort);
    } catch (cause) {
      if (preferredPort === 0) throw cause;
      return this.#listenOn(0);
    }
  }

  /** Takes nobody new, lets pages that were told to end hear it, and then closes what is left. */
  async close(): Promise<void> {
    this.#http.close();
    this.#sockets.close();
    const closing = [...this.#sockets.clients].map(
      (socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())),
    );
    let timer: NodeJS.Timeout | undefined;
    const bound = new Promise<void>((resolve) => (timer = setTimeout(resolve, FAREWELL_MS)));
    await Promise.race([Promise.all(closing), bound]);
    clearTimeout(timer);
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#http.closeAllConnections();
  }

  #listenOn(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
        this.#http.off('error', reject);
        // A TCP server's address is never a string (that is a pipe's).
        resolve((this.#http.address() as AddressInfo).port);
      });
    });
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { guard, files } = this.#options;
    const send = (status: number, type: string, body: string | Uint8Array): void => {
      response.writeHead(status, {
        ...SECURITY_HEADERS,
        'Content-Type': type,
        'Content-Length': Buffer.byteLength(body),
        ...(status >= 400 && { Connection: 'close' }),
      });
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    const refuse = (status: number, why: string): void => send(status, 'text/plain; charset=utf-8', why);
    if (!guard.hostIsOurs(request)) return refuse(421, 'This is not the address of this page.');
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Only GET is answered.');
    // The exact path or nothing: a map knows no "..", no encoding and no prefix. A query has no meaning here.
    const file = files.get(request.url ?? '');
    if (file === undefined) return refuse(404, 'There is no such file.');
    send(200, file.type, file.body);
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const { guard, onSocket } = this.#options;
    const refuse = (status: string): void => {
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    };
    if (!guard.hostIsOurs(request)) return refuse('421 Misdirected Request');
    if (!guard.originIsOurs(request)) return refuse('403 Forbidden');
    if (request.url !== SOCKET_PATH) return refuse('404 Not Found');
    if (this.#sockets.clients.size >= MAX_SOCKETS) return refuse('503 Service Unavailable');
    this.#sockets.handleUpgrade(request, socket, head, onSocket);
  }
}
