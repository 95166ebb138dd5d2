// The local Gemini Live server: strict about what a client sends, and as untidy as the real service in what it sends.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { speak } from '../audio/speak.ts';
import { DEFAULT_DELIVERY, type Delivery } from '../script/actions.ts';
import { Director } from '../script/director.ts';
import { spokenTexts } from '../script/spoken-texts.ts';
import type { Responder } from '../script/responder.ts';
import type { ConnectionScript, LiveScript } from '../script/script.ts';
import { HandleStore } from '../session/handles.ts';
import { LiveConnection } from '../session/live-connection.ts';
import { Random } from '../session/random.ts';
import { LIVE_MODELS, TEXT_MODEL, textModel, type LiveModel } from '../wire/models.ts';
import { clientMessageType } from '../wire/protos.ts';
import { CLOSE } from '../wire/reasons.ts';
import { EventLog, type EventOf, type EventType, type ServerEvent } from './events.ts';
import { checkCredentials, liveAddress, readAuth, redactHeaders, splitUrl, type Credentials } from './gate.ts';
import { answerHttp, type KeyCheckAnswer } from './key-check.ts';
import { ConnectionRecord } from './record.ts';
import { auditToolCalls, type ToolAudit, type ToolRules } from './tool-audit.ts';

/** Accepted unless other keys are given. Not in the form of a real key, so that nobody mistakes it for one. */
export const LOCAL_API_KEY = 'local-live-server-key-0123456789abcdef';
/** Accepted on the Vertex path unless others are given. */
export const LOCAL_ACCESS_TOKEN = 'local-live-server-access-token';

/** The synthesiser's first words take many times longer than its later ones. */
const WARM_UP = { text: 'Ready when you are.', voice: undefined };

/** Google's own limit is not documented; a screenshot as base64 fits well. */
const MAX_FRAME_BYTES = 32 * 1024 * 1024;

export interface LiveServerOptions {
  /** What happens, connection by connection. Without it `responder` speaks. */
  script?: LiveScript;
  /** Made for each connection that no script covers. Without it the server is silent there. */
  responder?: () => Responder;
  port?: number;
  keys?: readonly string[];
  accessTokens?: readonly string[];
  ephemeralTokens?: readonly string[];
  vertexExpress?: boolean;
  /** The name of the pretend model that answers in TEXT. */
  textModelName?: string;
  /** For every connection; a connection's script and a reply may say otherwise. */
  delivery?: Partial<Delivery>;
  /** Of every choice by chance. Drawn if left out; a failing wait prints it. */
  seed?: number;
  /** Pongs of the real service took 8 to 30 seconds; `false` never sends one. */
  answersPings?: boolean;
  /** The clock by which handles expire. */
  nowMs?: () => number;
}

export class LiveServer {
  readonly seed: number;
  readonly connections: LiveConnection[] = [];
  /** Records of all attempts to open a WebSocket, refused ones too, in order. */
  readonly records: ConnectionRecord[] = [];
  /** How the key check answers; may be changed at any time. */
  keyCheck: KeyCheckAnswer = 'real';
  readonly #options: LiveServerOptions;
  readonly #http: Server;
  readonly #webSockets: WebSocketServer;
  readonly #tcpSockets = new Set<Socket>();
  readonly #credentials: Credentials;
  readonly #models: readonly LiveModel[];
  readonly #handles: HandleStore;
  readonly #log = new EventLog();
  readonly #directors: Director[] = [];

  /** Use startLiveServer. */
  constructor(options: LiveServerOptions) {
    this.#options = options;
    this.#webSockets = new WebSocketServer({
      noServer: true,
      perMessageDeflate: false,
      maxPayload: MAX_FRAME_BYTES,
      autoPong: options.answersPings ?? true,
    });
    this.seed = options.seed ?? Math.floor(Math.random() * 2 ** 31);
    this.#credentials = {
      keys: new Set(options.keys ?? [LOCAL_API_KEY]),
      accessTokens: new Set(options.accessTokens ?? [LOCAL_ACCESS_TOKEN]),
      ephemeralTokens: new Set(options.ephemeralTokens),
      vertexExpress: options.vertexExpress ?? false,
    };
    this.#models = [...LIVE_MODELS, textModel(options.textModelName ?? TEXT_MODEL)];
    this.#handles = new HandleStore(options.nowMs ?? Date.now);
    this.#http = createServer((request, response) => {
      const names = this.#models.filter(({ services }) => services.includes('gemini')).map(({ name }) => name);
      const status = answerHttp(request, response, this.keyCheck, this.#credentials.keys, names);
      if (status !== undefined) this.#log.add({ type: 'key-check', status, connection: -1, atMs: performance.now() });
    });
    this.#http.on('connection', (socket: Socket) => {
      this.#tcpSockets.add(socket);
      socket.on('close', () => this.#tcpSockets.delete(socket));
    });
    this.#http.on('upgrade', (request, socket, head) => this.#onUpgrade(request, socket, head));
  }

  /** `http://127.0.0.1:PORT`, for `talkthrough.baseUrl` and the SDK's `httpOptions.baseUrl`. */
  get baseUrl(): string {
    // A listening TCP server's address is never a string (that is a pipe's).
    const { port } = this.#http.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  get events(): readonly ServerEvent[] {
    return this.#log.all;
  }

  async listen(): Promise<void> {
    // Parsing the protos and warming up the synthesiser take a moment: better here than in the first conversation.
    clientMessageType('gemini');
    const { connections = [], further } = this.#options.script ?? {};
    const scripts = further ? [...connections, further] : connections;
    for (const { text, voice } of [WARM_UP, ...scripts.flatMap(spokenTexts)]) {
      await speak(text, voice === undefined ? {} : { voice });
    }
    await new Promise<void>((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen(this.#options.port ?? 0, '127.0.0.1', resolve);
    });
  }

  /** The next event of a type that fits, read on from the last one returned; throws with a dump after `timeoutMs`. */
  async next<T extends EventType>(
    type: T,
    fits?: (event: EventOf<T>) => boolean,
    label?: string,
    timeoutMs?: number,
  ): Promise<EventOf<T>> {
    return this.#log.next(type, fits, this.#label(type, label), timeoutMs);
  }

  /** The first such event since the start, whatever `next` has returned. */
  async ever<T extends EventType>(
    type: T,
    fits?: (event: EventOf<T>) => boolean,
    label?: string,
    timeoutMs?: number,
  ): Promise<EventOf<T>> {
    return this.#log.ever(type, fits, this.#label(type, label), timeoutMs);
  }

  /**
   * Until every call has been answered exactly once on a connection that knew it, or, where its session is gone, told.
   * @throws at the first fault, or with what is missing after `timeoutMs`
   */
  async toolCallsSettled(rules: ToolRules, timeoutMs?: number): Promise<void> {
    const settled = () => this.checkToolCalls(rules).missing.length === 0;
    await this.#log.until(settled, this.#label('every call answered', undefined), timeoutMs).catch((error: unknown) => {
      const { missing } = this.checkToolCalls(rules);
      throw new Error(`${missing.join('\n')}\n${String(error)}`);
    });
  }

  /** What has become of all calls so far. @throws if the client did anything wrong */
  checkToolCalls(rules: ToolRules): ToolAudit {
    const audit = auditToolCalls(this.records, rules);
    // That a handle has expired is nothing a client could know.
    const violations = this.events.filter(
      (event) => event.type === 'violation' && event.close.reason !== CLOSE.badHandle.reason,
    );
    if (audit.faults.length + violations.length === 0) return audit;
    throw new Error(`${audit.faults.join('\n') || 'a violation'}\n${this.dump()}`);
  }

  /** What happened so far, to be read by a person. */
  dump(): string {
    const unplayed = this.#directors.flatMap((director) => director.unplayed.map(({ on }) => on));
    const rest = unplayed.length === 0 ? '' : `\n  steps that nothing has reached: ${unplayed.join(', ')}`;
    return `seed ${this.seed}\n${this.#log.dump()}${rest}`;
  }

  /** The latest connection that was let in. @throws if there is none */
  get connection(): LiveConnection {
    const latest = this.connections.at(-1);
    if (!latest) throw new Error('nobody has connected yet');
    return latest;
  }

  /** All resumption handles become invalid at once, as after their two hours. */
  expireHandles(): void {
    this.#handles.expireAll();
  }

  /** Ends every connection and every wait of the server; afterwards nothing is left of it. */
  async close(): Promise<void> {
    for (const connection of this.connections) connection.terminate();
    for (const socket of this.#tcpSockets) socket.destroy();
    this.#webSockets.close();
    await new Promise<void>((resolve) => this.#http.close(() => resolve()));
    this.#log.close();
  }

  #label(type: string, label: string | undefined): string {
    return `${label ?? type} (seed ${this.seed})`;
  }

  #onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Node leaves an upgraded socket without a listener; a client that vanishes is no reason to fall over.
    socket.on('error', () => undefined);
    const { path } = splitUrl(request.url ?? '');
    const auth = readAuth(request);
    const index = this.records.length;
    const record = new ConnectionRecord(
      index,
      { path, auth: auth.mode, headers: redactHeaders(request.headers) },
      (event) => this.#log.add(event),
    );
    this.records.push(record);
    const script = this.#options.script?.connections[index] ?? this.#options.script?.further;
    const address = liveAddress(path);
    const refusal = script?.upgrade ?? (address ? undefined : { status: 404 });
    if (refusal !== undefined || !address) {
      record.note({ type: 'refused', status: refusal === 'never' || !refusal ? 'never' : refusal.status });
      if (refusal && refusal !== 'never') refuse(socket, refusal);
      return;
    }
    const director = new Director(script ?? {});
    this.#directors.push(director);
    const responder = script || !this.#options.responder ? director : this.#options.responder();
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      record.note({ type: 'connected' });
      this.connections.push(
        new LiveConnection({
          socket: webSocket,
          address,
          refusal: checkCredentials(address, auth, this.#credentials),
          record,
          responder,
          timedSteps: director.timedSteps,
          script: script ?? {},
          delivery: { ...DEFAULT_DELIVERY, ...this.#options.delivery, ...script?.delivery },
          models: this.#models,
          handles: this.#handles,
          random: new Random(this.seed + index * 7919),
          nowMs: this.#options.nowMs ?? Date.now,
        }),
      );
    });
  }
}

function refuse(
  socket: Duplex,
  { status, body = '' }: Exclude<NonNullable<ConnectionScript['upgrade']>, 'never'>,
): void {
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `Connection: close\r\n\r\n${body}`,
  );
}

/** Starts the server on 127.0.0.1, on a free port unless one is given. */
export async function startLiveServer(options: LiveServerOptions = {}): Promise<LiveServer> {
  const server = new LiveServer(options);
  await server.listen();
  return server;
}
