import { decode, encode } from '@msgpack/msgpack';
import type { WebSocket } from 'ws';
import { MICROPHONE_CHUNK_BYTES } from '../../src/protocol/limits.ts';
import { type FromSurface, type MicrophoneChunkMessage, type ToSurface } from '../../src/protocol/messages.ts';
import { type FromPage, PAGE_CLOSE, type ToPage } from '../../src/protocol/page-line.ts';
import type { Pass } from '../../src/surface/page/admission.ts';
import { readFromSurface } from '../../src/protocol/from-surface.ts';

/** As often as the product asks. */
const PING_EVERY_MS = 250;

interface VisitOptions {
  readonly admit: (pass: Pass) => string | undefined;
  readonly onWelcomed: () => void;
  readonly onMessage: (message: FromSurface) => void;
  /** Something was heard, or it is over. */
  readonly onChange: () => void;
}

/** One socket of a page, from its hello to its end, and all that was said on it. */
export class PageVisit {
  /** Each line's type, in order, as it came. */
  readonly lines: FromPage['type'][] = [];
  readonly received: FromSurface[] = [];
  /** When each chunk came, by this process's clock, milliseconds. */
  readonly chunkTimesMs: number[] = [];
  /** What the product would have refused. */
  readonly complaints: string[] = [];
  welcomed = false;
  gone = false;
  pongs = 0;
  pings = 0;
  readonly #socket: WebSocket;
  readonly #options: VisitOptions;
  readonly #pulse: NodeJS.Timeout;
  #silent = false;

  constructor(socket: WebSocket, options: VisitOptions) {
    this.#socket = socket;
    this.#options = options;
    socket.on('message', (data: Buffer) => this.#read(data));
    socket.on('close', () => this.end());
    this.#pulse = setInterval(() => this.#beat(), PING_EVERY_MS);
  }

  /** One by one, however many came at once. */
  get chunks(): readonly MicrophoneChunkMessage[] {
    return this.received.flatMap((message) => (message.type === 'microphoneChunk' ? cut(message) : []));
  }

  /** The kinds of microphone states reported, in order. */
  get microphone(): readonly string[] {
    return this.received.flatMap((message) => (message.type === 'microphoneState' ? [message.state.kind] : []));
  }

  post(message: ToSurface): void {
    this.#send({ type: 'message', message });
  }

  /** Says nothing from now on, not even to live, while the connection stands. */
  fallSilent(): void {
    this.#silent = true;
  }

  close(code: number): void {
    this.#socket.close(code);
    this.end();
  }

  /** As when a cable is pulled: no goodbye. */
  cut(): void {
    this.#socket.terminate();
    this.end();
  }

  end(): void {
    clearInterval(this.#pulse);
    if (this.gone) return;
    this.gone = true;
    this.#options.onChange();
  }

  #beat(): void {
    if (!this.welcomed || this.#silent) return;
    this.pings += 1;
    this.#send({ type: 'ping' });
    this.#options.onChange();
  }

  #send(line: ToPage): void {
    if (!this.gone && !this.#silent) this.#socket.send(encode(line));
  }

  #read(data: Buffer): void {
    // The page under test sends nothing else; what it says within a message is checked below.
    const line = decode(data) as FromPage;
    this.lines.push(line.type);
    switch (line.type) {
      case 'hello':
        this.#admit({ token: line.token });
        break;
      case 'helloAgain':
        this.#admit({ secret: line.secret });
        break;
      case 'pong':
        this.pongs += 1;
        break;
      case 'message':
        this.#take(line.message);
    }
    this.#options.onChange();
  }

  #admit(pass: Pass): void {
    const secret = this.#options.admit(pass);
    if (secret === undefined) return this.close(PAGE_CLOSE.notAdmitted);
    this.welcomed = true;
    this.#send({ type: 'welcome', secret });
    this.#options.onWelcomed();
  }

  #take(raw: unknown): void {
    const read = readFromSurface(raw);
    if ('complaint' in read) {
      this.complaints.push(read.complaint);
      return;
    }
    if (read.message.type === 'microphoneChunk') this.chunkTimesMs.push(performance.now());
    this.received.push(read.message);
    this.#options.onMessage(read.message);
  }
}

function cut(message: MicrophoneChunkMessage): MicrophoneChunkMessage[] {
  const chunks = Math.ceil(message.pcm16.byteLength / MICROPHONE_CHUNK_BYTES);
  return Array.from({ length: chunks }, (_, i) => ({
    ...message,
    sequence: message.sequence + i,
    pcm16: message.pcm16.slice(i * MICROPHONE_CHUNK_BYTES, (i + 1) * MICROPHONE_CHUNK_BYTES),
  }));
}
