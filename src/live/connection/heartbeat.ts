import type { LiveTimings } from '../timings.ts';

export interface HeartbeatOptions {
  readonly timings: Pick<LiveTimings, 'pingMs' | 'silentMs' | 'stuckMs'>;
  readonly ping: () => void;
  /** Bytes handed over that have not reached the network yet. */
  readonly bufferedBytes: () => number;
  /** At most once. `sign`: what showed it, for the log. */
  readonly onDead: (sign: string) => void;
}

/**
 * Notices a line that is dead although nobody closed it, as when the Wi-Fi is switched off: TCP itself gives up only after
 * minutes. Two signs: the network takes nothing of what it is handed, or nothing comes back, not even the answer to a ping.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #pings: NodeJS.Timeout | undefined;
  #unanswered = 0;
  #stuck: NodeJS.Timeout | undefined;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  start(): void {
    this.#pings = setInterval(() => this.#ping(), this.#options.timings.pingMs);
  }

  /** Anything at all came: a message, a ping, the answer to one. */
  heard(): void {
    this.#unanswered = 0;
  }

  /** Something was handed to the network. */
  handed(): void {
    if (this.#stuck === undefined) this.#watchBuffer();
  }

  /** The network took something. */
  taken(): void {
    clearTimeout(this.#stuck);
    this.#stuck = undefined;
    if (this.#options.bufferedBytes() > 0) this.#watchBuffer();
  }

  dispose(): void {
    clearInterval(this.#pings);
    clearTimeout(this.#stuck);
    this.#pings = undefined;
    this.#stuck = undefined;
  }

  /** Counts pings instead of reading a clock: a process that was held up for a minute has not been in silence for one. */
  #ping(): void {
    const { pingMs, silentMs } = this.#options.timings;
    if (this.#unanswered * pingMs >= silentMs) {
      this.#dead(`nothing came in ${this.#unanswered * pingMs} ms, not even the answer to a ping`);
      return;
    }
    this.#unanswered += 1;
    this.#options.ping();
  }

  #watchBuffer(): void {
    const { timings, bufferedBytes } = this.#options;
    const timer = setTimeout(() => {
      // What the network took while the process was held up is told first.
      setImmediate(() => {
        if (this.#stuck !== timer) return;
        this.#stuck = undefined;
        if (bufferedBytes() > 0) this.#dead(`the network took nothing in ${timings.stuckMs} ms`);
      });
    }, timings.stuckMs);
    this.#stuck = timer;
  }

  #dead(sign: string): void {
    this.dispose();
    this.#options.onDead(sign);
  }
}
