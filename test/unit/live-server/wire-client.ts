// A bare WebSocket client, to say to the server what no SDK would.
import { WebSocket } from 'ws';
import { LOCAL_API_KEY, pcm16ToBytes, type LiveServer } from '../../live-server/index.ts';
import type { JsonObject } from '../../live-server/wire/json-value.ts';

export const GEMINI_PATH = '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent';
export const VERTEX_PATH = '/ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent';
export const MODEL = 'models/gemini-3.8-live';

const WAIT_MS = 8_000;

export interface Closed {
  code: number;
  reason: string;
}

/** A server's message in the shape tests look into; it is our own server that sends it. */
export interface ServerMessage {
  setupComplete?: object;
  serverContent?: {
    modelTurn?: { parts: { text?: string; thought?: boolean; inlineData?: { data: string; mimeType: string } }[] };
    interrupted?: boolean;
    generationComplete?: boolean;
    turnComplete?: boolean;
    outputTranscription?: { text?: string };
    inputTranscription?: { text?: string };
    turnCompleteReason?: string;
  };
  toolCall?: { functionCalls: { id: string; name: string; args: JsonObject }[] };
  toolCallCancellation?: { ids: string[] };
  goAway?: { timeLeft: string };
  sessionResumptionUpdate?: { newHandle?: string; resumable?: boolean };
  usageMetadata?: { promptTokenCount: number; responseTokenCount?: number; totalTokenCount: number };
}

export class WireClient {
  readonly messages: ServerMessage[] = [];
  readonly frames: { data: Buffer; isBinary: boolean }[] = [];
  readonly closed: Promise<Closed>;
  readonly socket: WebSocket;
  #cursor = 0;
  #wake: () => void = () => undefined;

  constructor(url: string, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(url, { headers, perMessageDeflate: false });
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    void this.closed.then(() => this.#wake());
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data: Buffer, isBinary) => {
      this.frames.push({ data, isBinary });
      try {
        this.messages.push(JSON.parse(data.toString()) as ServerMessage); // see ServerMessage
      } catch {
        this.messages.push({});
      }
      this.#wake();
    });
  }

  async opened(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.socket.once('open', resolve);
      this.socket.once('error', reject);
    });
  }

  /** Objects are sent as JSON, strings as they are. */
  send(message: object | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Sends a recording in chunks of 20 ms, as fast as they can be written. */
  speak(pcm16: Int16Array, rateHz = 16_000): void {
    const chunk = rateHz / 50;
    for (let at = 0; at < pcm16.length; at += chunk) {
      const data = pcm16ToBytes(pcm16.subarray(at, at + chunk)).toString('base64');
      this.send({ realtimeInput: { audio: { data, mimeType: `audio/pcm;rate=${rateHz}` } } });
    }
  }

  /** The next message that fits, read on from the last one returned. */
  async next(label: string, fits: (message: ServerMessage) => boolean): Promise<ServerMessage> {
    const deadlineMs = performance.now() + WAIT_MS;
    while (true) {
      for (; this.#cursor < this.messages.length; this.#cursor++) {
        const message = this.messages[this.#cursor];
        if (message && fits(message)) {
          this.#cursor++;
          return message;
        }
      }
      const leftMs = deadlineMs - performance.now();
      if (leftMs <= 0 || this.socket.readyState >= WebSocket.CLOSING) {
        throw new Error(`no ${label}; the last messages: ${JSON.stringify(this.messages.slice(-5)).slice(0, 2_000)}`);
      }
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, leftMs);
      });
      clearTimeout(timer);
    }
  }

  async turnComplete(): Promise<ServerMessage> {
    return this.next('turnComplete', ({ serverContent }) => serverContent?.turnComplete === true);
  }

  async handle(): Promise<string> {
    const message = await this.next(
      'handle',
      ({ sessionResumptionUpdate }) => sessionResumptionUpdate?.resumable === true,
    );
    return message.sessionResumptionUpdate?.newHandle ?? '';
  }

  /** All audio received so far, as bytes. */
  get audio(): Buffer {
    const parts = this.messages.flatMap(({ serverContent }) => serverContent?.modelTurn?.parts ?? []);
    return Buffer.concat(parts.map(({ inlineData }) => Buffer.from(inlineData?.data ?? '', 'base64')));
  }

  /** All of one kind of transcription, joined. */
  transcript(kind: 'inputTranscription' | 'outputTranscription'): string {
    return this.messages.map(({ serverContent }) => serverContent?.[kind]?.text ?? '').join('');
  }
}

export function webSocketUrl(server: LiveServer, path = GEMINI_PATH, query = `?key=${LOCAL_API_KEY}`): string {
  return `${server.baseUrl.replace('http:', 'ws:')}${path}${query}`;
}

/** Connects with the local key. */
export async function connect(server: LiveServer, path?: string, query?: string): Promise<WireClient> {
  const client = new WireClient(webSocketUrl(server, path, query));
  await client.opened();
  return client;
}

/** Connects and sets a session up; `setup` is added to the model's name. */
export async function connectSession(server: LiveServer, setup: JsonObject = {}): Promise<WireClient> {
  const client = await connect(server);
  client.send({ setup: { model: MODEL, ...setup } });
  await client.next('setupComplete', ({ setupComplete }) => setupComplete !== undefined);
  return client;
}
