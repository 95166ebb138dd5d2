import { EventEmitter } from 'node:events';
import { WebSocket } from 'ws';
import type { LiveTimings } from '../timings.ts';

export type HeartbeatTimings = Pick<LiveTimings, 'pingMs' | 'silentMs' | 'stuckMs'>;

interface HeartbeatEvents {
  /** Told once. The sign is for the log. */
  dead: [sign: string];
}

/**
 * Notices a dead network, as when the Wi-Fi is switched off: TCP itself takes minutes. It takes nothing of what it is
 * handed, or nothing comes back.
 */
export class Heartbeat extends EventEmitter<HeartbeatEvents> {
  readonly #ws: WebSocket;
  readonly #timings: HeartbeatTimings;
  #interval: NodeJS.Timeout | undefined;
  #unanswered = 0;
  #stuck: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(ws: WebSocket, timings: HeartbeatTimings) {
    super();
    this.#ws = ws;
    this.#timings = timings;
    for (const sign of ['message', 'ping', 'pong']) {
      ws.on(sign, () => {
        this.#unanswered = 0;
      });
    }
  }

  start(): void {
    this.#interval = setInterval(() => this.#beat(), this.#timings.pingMs);
  }

  ping(data = ''): void {
    if (this.#ws.readyState !== WebSocket.OPEN) return;
    this.#ws.ping(data, undefined, () => this.taken());
    this.handed();
  }

  handed(): void {
    if (this.#stuck === undefined) this.#watchBuffer();
  }

  taken(): void {
    clearTimeout(this.#stuck);
    this.#stuck = undefined;
    if (!this.#disposed && this.#ws.bufferedAmount > 0) this.#watchBuffer();
  }

  dispose(): void {
    this.#disposed = true;
    clearInterval(this.#interval);
    clearTimeout(this.#stuck);
    this.#stuck = undefined;
  }

  /** Counts pings, since a process that was held up for a minute has not been in silence for one. */
  #beat(): void {
    const { pingMs, silentMs } = this.#timings;
    if (this.#unanswered * pingMs >= silentMs) {
      this.#dead(`nothing came in ${this.#unanswered * pingMs} ms, not even the answer to a ping`);
      return;
    }
    this.#unanswered += 1;
    this.ping();
  }

  #watchBuffer(): void {
    const { stuckMs } = this.#timings;
    const timer = setTimeout(() => {
      // The event loop first tells what the network took meanwhile.
      setImmediate(() => {
        if (this.#stuck !== timer) return;
        this.#stuck = undefined;
        if (this.#ws.bufferedAmount > 0) this.#dead(`the network took nothing in ${stuckMs} ms`);
      });
    }, stuckMs);
    this.#stuck = timer;
  }

  #dead(sign: string): void {
    this.dispose();
    this.emit('dead', sign);
  }
}
