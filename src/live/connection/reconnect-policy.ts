import type { Failure } from '../failure.ts';
import type { LiveTimings } from '../timings.ts';

export type ReconnectDecision =
  | { readonly kind: 'retry'; readonly delayMs: number; readonly attempt: number; readonly dropHandle: boolean }
  | { readonly kind: 'giveUp'; readonly failure: Failure };

export interface LostConnection {
  readonly failure: Failure;
  readonly usedHandle: string | undefined;
  /** Milliseconds; undefined when it never was open. */
  readonly openMs: number | undefined;
  readonly useful: boolean;
}

/** With growing pauses about half a minute. */
const MAX_ATTEMPTS = 6;

/** Somebody waits for a session that was never live. */
const MAX_FIRST_ATTEMPTS = 3;

/** After so many the handle counts as the cause. */
const SHORT_SESSIONS_PER_HANDLE = 2;

/** 0 to 1. */
export type Randomness = Pick<Math, 'random'>;

/**
 * Attempts are counted until a connection has lasted `stableMs`, so that one that dies at once is not tried for ever.
 * Reaching the longest time is no failure, unless nothing was said.
 */
export class ReconnectPolicy {
  readonly #timings: LiveTimings;
  readonly #random: Randomness;
  #everLive = false;
  #attempt = 0;
  #quotaRefusals = 0;
  #retriedOnce = new Set<string>();
  #shortSessions: { handle: string; count: number } | undefined;

  /** @param random keeps many clients from coming back at once */
  constructor(timings: LiveTimings, random: Randomness) {
    this.#timings = timings;
    this.#random = random;
  }

  connectionOpened(): void {
    this.#everLive = true;
  }

  next(connection: LostConnection): ReconnectDecision {
    const { failure: lost, usedHandle, openMs } = connection;
    if (this.#hasRunItsCourse(connection)) {
      this.#forget();
      return { kind: 'retry', delayMs: 0, attempt: 1, dropHandle: false };
    }
    if (openMs !== undefined && openMs >= this.#timings.stableMs) this.#forget();
    const dropHandle = this.#isPoisoned(usedHandle, openMs) || lost.dropHandle;
    const giveUp: ReconnectDecision = { kind: 'giveUp', failure: lost };
    if (!this.#mayRetry(lost)) return giveUp;
    this.#attempt += 1;
    if (this.#attempt > (this.#everLive ? MAX_ATTEMPTS : MAX_FIRST_ATTEMPTS)) return giveUp;
    return { kind: 'retry', delayMs: this.#delayMs(lost), attempt: this.#attempt, dropHandle };
  }

  /** Where nobody said anything it must at least have lasted a while. */
  #hasRunItsCourse({ failure: { code }, openMs, useful }: LostConnection): boolean {
    if (code !== 'connection-lifetime' || openMs === undefined) return false;
    return useful || openMs >= this.#timings.backoffFirstMs;
  }

  #forget(): void {
    this.#attempt = 0;
    this.#quotaRefusals = 0;
    this.#retriedOnce.clear();
  }

  #mayRetry(lost: Failure): boolean {
    switch (lost.retry) {
      case 'never':
        return false;
      case 'once':
        if (this.#retriedOnce.has(lost.code)) return false;
        this.#retriedOnce.add(lost.code);
        return true;
      case 'quota':
        // Before the first word it is better to say so than to wait a minute.
        return this.#everLive;
      case 'backoff':
        // The person's own second try is as good as ours.
        return this.#everLive || lost.code === 'service-unavailable';
      case 'atOnce':
        return true;
    }
  }

  #delayMs(lost: Failure): number {
    const { backoffFirstMs, backoffLongestMs, quotaFirstMs, quotaLongestMs } = this.#timings;
    if (lost.retry === 'quota') {
      const delayMs = Math.min(quotaFirstMs * 2 ** this.#quotaRefusals, quotaLongestMs);
      this.#quotaRefusals += 1;
      return delayMs;
    }
    const step = lost.retry === 'backoff' ? this.#attempt : this.#attempt - 1;
    if (step === 0) return 0;
    const longestMs = Math.min(backoffFirstMs * 2 ** (step - 1), backoffLongestMs);
    return Math.round(longestMs * (0.5 + this.#random.random() / 2));
  }

  #isPoisoned(handle: string | undefined, openMs: number | undefined): boolean {
    if (handle === undefined || openMs === undefined || openMs >= this.#timings.stableMs) return false;
    const count = this.#shortSessions?.handle === handle ? this.#shortSessions.count + 1 : 1;
    this.#shortSessions = { handle, count };
    return count >= SHORT_SESSIONS_PER_HANDLE;
  }
}
