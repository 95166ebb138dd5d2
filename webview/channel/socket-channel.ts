import type { FromSurface } from '../../src/protocol/messages.ts';
import type { Channel } from './channel.ts';
import { HostSocket } from './host-socket.ts';
import { Incoming, owningBytes, type Receivers } from './incoming.ts';
import { type LineState, meaningOf } from './line-state.ts';
import type { PagePass } from './page-pass.ts';
import { Reconnection } from './reconnection.ts';
import { UplinkBacklog } from './uplink-backlog.ts';

/** Of the microphone: PCM16 at 16 kHz. */
const BYTES_PER_MS = 32;

interface SocketChannelOptions {
  readonly url: string;
  readonly pass: PagePass;
  /** Called on every change. */
  readonly onState: (state: LineState) => void;
}

/** The page's line: a WebSocket to the extension host that comes back by itself when it was lost. */
export class SocketChannel implements Channel {
  readonly #options: SocketChannelOptions;
  readonly #ending = new AbortController();
  readonly #incoming = new Incoming();
  readonly #lineListeners = new Set<(up: boolean) => void>();
  readonly #reconnection = new Reconnection();
  readonly #backlog = new UplinkBacklog((sentence) => console.warn(sentence));
  #state: LineState = { kind: 'connecting' };
  #socket: HostSocket | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #attemptedAtMs = 0;
  #wasRefused = false;

  constructor(options: SocketChannelOptions) {
    this.#options = options;
    const { signal } = this.#ending;
    // A browser that freezes a tab says so: nothing may be captured by a page that cannot run.
    document.addEventListener('freeze', () => this.#socket?.giveUp(), { signal });
    document.addEventListener('resume', () => this.#hurry(), { signal });
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.#hurry(), {
      signal,
    });
    window.addEventListener('online', () => this.#hurry(), { signal });
  }

  /** Joins the host, for the first time or again because the person asked for it. */
  connect(): void {
    this.#reconnection.reset();
    if (this.#state.kind === 'closed') this.#setState({ kind: 'connecting' });
    this.#attempt();
  }

  post(message: FromSurface): void {
    const socket = this.#socket;
    if (socket?.admitted !== true) return;
    if (message.type === 'microphoneChunk') {
      // By the audio clock, which no background tab throttles: capture ends when nobody listens any more.
      socket.check();
      if (!this.#backlog.admits(socket.waitingBytes, message.pcm16.byteLength / BYTES_PER_MS)) return;
    }
    const waitingBytes = socket.waitingBytes;
    socket.send(message);
    if (isPicture(message)) this.#backlog.addedPicture(socket.waitingBytes - waitingBytes);
  }

  mayPostFrame(): boolean {
    return this.#socket?.admitted === true && this.#backlog.admitsFrame(this.#socket.waitingBytes);
  }

  listen(receivers: Partial<Receivers>): void {
    this.#incoming.listen(receivers);
  }

  onLine(listener: (up: boolean) => void): () => void {
    this.#lineListeners.add(listener);
    if (this.#state.kind === 'joined') listener(true);
    return () => this.#lineListeners.delete(listener);
  }

  dispose(): void {
    this.#ending.abort();
    clearTimeout(this.#retryTimer);
    this.#socket?.dispose();
    this.#socket = undefined;
    this.#incoming.dispose();
    this.#lineListeners.clear();
  }

  #attempt(): void {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = undefined;
    this.#socket?.dispose();
    this.#socket = undefined;
    this.#attemptedAtMs = performance.now();
    const { url, pass } = this.#options;
    const { hello } = pass;
    if (hello === undefined) return this.#setState({ kind: 'closed', why: 'not-admitted' });
    this.#backlog.clear();
    this.#socket = new HostSocket({
      url,
      hello,
      onWelcome: (secret) => {
        pass.keep(secret);
        this.#reconnection.reset();
        this.#setState({ kind: 'joined' });
      },
      onMessage: (message) => this.#incoming.deliver(owningBytes(message)),
      onGone: (closeCode) => this.#gone(closeCode),
    });
  }

  #gone(closeCode: number): void {
    this.#socket = undefined;
    const why = meaningOf(closeCode);
    if (why === undefined) return this.#lost();
    if (why === 'refused' && !this.#wasRefused) {
      this.#wasRefused = true;
      return this.#lost();
    }
    if (why === 'not-admitted') this.#options.pass.forget();
    this.#setState({ kind: 'closed', why });
  }

  #lost(): void {
    const attemptMs = this.#state.kind === 'joined' ? 0 : performance.now() - this.#attemptedAtMs;
    const delayMs = this.#reconnection.next(attemptMs);
    if (delayMs === undefined) return this.#setState({ kind: 'closed', why: 'unreachable' });
    if (this.#state.kind === 'joined') this.#setState({ kind: 'lost' });
    this.#retryTimer = setTimeout(() => this.#attempt(), delayMs);
  }

  /** Now is a better time than the next timer's: the person looks, or the network or the tab is back. */
  #hurry(): void {
    const { kind } = this.#state;
    if (this.#retryTimer !== undefined) this.#attempt();
    else if (kind === 'closed' && this.#state.why === 'unreachable') this.connect();
  }

  #setState(state: LineState): void {
    const wasUp = this.#state.kind === 'joined';
    const isUp = state.kind === 'joined';
    this.#state = state;
    // Capture first, words after.
    if (wasUp !== isUp) for (const listener of this.#lineListeners) listener(isUp);
    this.#options.onState(state);
  }
}

function isPicture({ type }: FromSurface): boolean {
  return type === 'frame' || type === 'cropResult' || type === 'still';
}
