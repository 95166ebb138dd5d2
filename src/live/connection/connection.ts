import { EventEmitter } from 'node:events';
import type { LiveConnectConfig } from '@google/genai';
import type { ConnectionEnd } from './close-reason.ts';
import { findAuthClient } from './google-credentials.ts';
import { LiveSocket, type SocketEnd } from './live-socket.ts';
import type { LiveLog } from '../log.ts';
import { readFrame } from '../wire/read-message.ts';
import type { LiveEvent } from '../wire/live-event.ts';
import { describeError } from '../redact.ts';
import { createLiveClient, type SdkSession, type SdkSocket, type SdkSocketCallbacks, sendControl } from './sdk.ts';
import { type LiveCredentials, MICROPHONE_RATE_HZ } from '../settings.ts';
import type { LiveTimings } from '../timings.ts';
import type { Control, UplinkSink } from '../uplink/uplink.ts';

export interface ConnectionOptions {
  readonly credentials: LiveCredentials;
  readonly baseUrl: string;
  readonly model: string;
  readonly config: LiveConnectConfig;
  readonly timings: LiveTimings;
  /** Must redact: an SDK error may hold anything. */
  readonly log: LiveLog;
}

interface LiveConnectionEvents {
  open: [];
  /** Comes only after `open`, in the order of the wire. */
  event: [event: LiveEvent];
  drain: [];
  /** Told once, when the socket is really closed. */
  closed: [end: ConnectionEnd];
}

/** A stray unreadable frame is skipped. So many in a row mean that nobody speaks the Live protocol. */
const GARBAGE_IN_A_ROW = 5;

/** A server may say much before the setup is done, but not without end. */
const MAX_EARLY_EVENTS = 10_000;

/**
 * The life of one WebSocket. The SDK makes all that goes up. What comes down is read here: so no frame is lost while
 * `connect()` resolves, and no field to the SDK's converters.
 */
export class LiveConnection extends EventEmitter<LiveConnectionEvents> implements UplinkSink {
  readonly #options: ConnectionOptions;
  #phase: 'new' | 'opening' | 'open' | 'closing' | 'closed' = 'new';
  #socket: LiveSocket | undefined;
  #sdkCallbacks: SdkSocketCallbacks | undefined;
  #session: SdkSession | undefined;
  #early: LiveEvent[] = [];
  #timer: NodeJS.Timeout | undefined;
  #end: ConnectionEnd | undefined;
  /** setupComplete has come. */
  #accepted = false;
  #garbageInARow = 0;
  #garbageFrames = 0;
  readonly #closed: Promise<void>;
  #resolveClosed: () => void = () => undefined;

  constructor(options: ConnectionOptions) {
    super();
    this.#options = options;
    this.#closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
  }

  get bufferedBytes(): number {
    return this.#socket?.bufferedBytes ?? 0;
  }

  get garbageFrames(): number {
    return this.#garbageFrames;
  }

  /** Never throws: whatever goes wrong is told by `closed`, within `timings.connectMs`. */
  open(): void {
    if (this.#phase !== 'new') return;
    this.#phase = 'opening';
    this.#timer = setTimeout(() => this.#finish({ cause: 'timeout' }), this.#options.timings.connectMs);
    void this.#connect();
  }

  /** Resolves when the socket is closed, within `timings.closeMs`. */
  async close(): Promise<void> {
    this.#finish({ cause: 'us' });
    await this.#closed;
  }

  terminate(): void {
    this.#finish({ cause: 'us' });
    this.#socket?.terminate();
  }

  sendAudio(pcm16: Uint8Array): void {
    const data = Buffer.from(pcm16.buffer, pcm16.byteOffset, pcm16.byteLength).toString('base64');
    this.#session?.sendRealtimeInput({ audio: { data, mimeType: `audio/pcm;rate=${MICROPHONE_RATE_HZ}` } });
  }

  sendAudioStreamEnd(): void {
    this.#session?.sendRealtimeInput({ audioStreamEnd: true });
  }

  ping(onPong: () => void): void {
    this.#socket?.ping(onPong);
  }

  inOneGo(send: () => void): void {
    if (this.#socket === undefined) send();
    else this.#socket.inOneGo(send);
  }

  sendPicture(jpeg: Uint8Array): boolean {
    if (this.#session === undefined || this.#socket?.isOpen !== true) return false;
    const data = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength).toString('base64');
    this.#session.sendRealtimeInput({ video: { data, mimeType: 'image/jpeg' } });
    return true;
  }

  sendControl(control: Exclude<Control, { type: 'still' }>): void {
    if (this.#session !== undefined) sendControl(this.#session, control);
  }

  async #connect(): Promise<void> {
    const { credentials, baseUrl, model, config, timings } = this.#options;
    let step: 'credentials' | 'sdk' = 'credentials';
    try {
      const authClient = await findAuthClient(credentials, timings.credentialsMs);
      step = 'sdk';
      const live = await createLiveClient(credentials, baseUrl, authClient, {
        create: (url, headers, callbacks) => this.#createSocket(url, headers, callbacks),
      });
      const session = await live.connect({ model, config, callbacks: { onmessage: () => undefined } });
      if (this.#phase === 'opening') this.#opened(session);
    } catch (error) {
      // The SDK only repeats how the socket ended.
      this.#finish({ cause: step, errorMessage: describeError(error) });
    }
  }

  #opened(session: SdkSession): void {
    clearTimeout(this.#timer);
    this.#session = session;
    this.#phase = 'open';
    this.emit('open');
    const early = this.#early;
    this.#early = [];
    if (early.length > 0) this.#deliver(early);
  }

  #createSocket(url: string, headers: Record<string, string>, callbacks: SdkSocketCallbacks): SdkSocket {
    // The SDK took its time, and the connection was given up meanwhile.
    if (this.#phase !== 'opening') throw new Error('the connection was given up');
    const { timings } = this.#options;
    this.#sdkCallbacks = callbacks;
    const { connectMs, closeMs } = timings;
    const socket = new LiveSocket({ url, headers, handshakeMs: connectMs, closeMs, heartbeat: timings });
    socket.on('open', () => callbacks.onopen());
    socket.on('frame', (json) => this.#frame(json));
    socket.on('drain', () => this.emit('drain'));
    socket.on('dead', (sign) => {
      // A closing handshake would reach nobody.
      socket.terminate();
      this.#finish({ cause: 'dead', errorMessage: sign });
    });
    socket.on('close', (end) => this.#socketClosed(end));
    this.#socket = socket;
    return { connect: () => socket.connect(), send: (message) => socket.send(message), close: () => socket.close() };
  }

  #frame(json: string): void {
    const events = readFrame(json);
    if (events === undefined) {
      this.#garbageFrames += 1;
      this.#garbageInARow += 1;
      // Before the setup there is no conversation to spare.
      if (!this.#accepted || this.#garbageInARow >= GARBAGE_IN_A_ROW) this.#finish({ cause: 'garbage' });
      else this.#take([{ type: 'malformed', what: `a frame of ${json.length} characters that is no JSON object` }]);
      return;
    }
    this.#garbageInARow = 0;
    this.#take(events);
    if (this.#accepted || !events.some(({ type }) => type === 'setupComplete')) return;
    this.#accepted = true;
    this.#sdkCallbacks?.onmessage({ data: '{"setupComplete":{}}' });
  }

  #take(events: readonly LiveEvent[]): void {
    if (this.#phase === 'open') {
      this.#deliver(events);
      return;
    }
    this.#early.push(...events);
    if (this.#early.length > MAX_EARLY_EVENTS) this.#finish({ cause: 'garbage' });
  }

  #deliver(events: readonly LiveEvent[]): void {
    try {
      for (const event of events) this.emit('event', event);
    } catch (error) {
      // A fault of ours in one message must not end the conversation.
      this.#options.log.error(`a message could not be handled: ${describeError(error)}`);
    }
  }

  #socketClosed(end: SocketEnd): void {
    this.#finish({ cause: 'peer', ...end });
    this.#sdkCallbacks?.onclose({ code: end.code, reason: 'closed' });
    this.#report();
  }

  /** The first cause stands. The end is told when the socket is closed. */
  #finish(end: Pick<ConnectionEnd, 'cause'> & Partial<ConnectionEnd>): void {
    if (this.#end !== undefined) return;
    const phase = this.#session === undefined ? 'opening' : 'open';
    this.#end = { phase, code: 1006, reason: '', ...end };
    this.#phase = 'closing';
    this.#session = undefined;
    this.#early = [];
    clearTimeout(this.#timer);
    if (this.#socket === undefined) this.#report();
    else this.#socket.close();
  }

  #report(): void {
    if (this.#phase === 'closed' || this.#end === undefined) return;
    this.#phase = 'closed';
    this.emit('closed', this.#end);
    this.#resolveClosed();
  }
}
