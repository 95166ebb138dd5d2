import { EventEmitter } from 'node:events';
import type { LiveConnectConfig } from '@google/genai';
import { failure, type Failure } from '../failure.ts';
import type { LiveLog } from '../log.ts';
import type { Redactor } from '../redact.ts';
import type { LiveCredentials, LiveSettings } from '../settings.ts';
import type { LiveTimings } from '../timings.ts';
import type { UplinkSink } from '../uplink/uplink.ts';
import type { LiveEvent } from '../wire/live-event.ts';
import { hostName } from './address.ts';
import { AnswerWatchdog } from './answer-watchdog.ts';
import { classifyEnd, type ConnectionEnd } from './close-reason.ts';
import { LiveConnection } from './connection.ts';
import type { LostConnection } from './reconnect-policy.ts';

export interface SessionContext {
  readonly credentials: LiveCredentials;
  readonly settings: LiveSettings;
  readonly timings: LiveTimings;
  readonly log: LiveLog;
  readonly redactor: Redactor;
}

export interface SupervisedConnectionOptions extends SessionContext {
  readonly config: LiveConnectConfig;
  /** The handle in `config`. */
  readonly handle: string | undefined;
}

export interface ConnectionLoss extends LostConnection {
  /** A person need not read of it. */
  readonly expected: boolean;
}

interface SupervisedConnectionEvents {
  open: [];
  event: [event: LiveEvent];
  drain: [];
  /** `lost` follows when the socket is closed. */
  renew: [];
  /** Told once, when the socket is closed. */
  lost: [loss: ConnectionLoss];
}

/** Vertex announces the end about 60 s ahead. This little is safe everywhere. */
const UNKNOWN_TIME_LEFT_MS = 5_000;

const USEFUL: ReadonlySet<LiveEvent['type']> = new Set([
  'audio',
  'text',
  'outputTranscript',
  'inputTranscript',
  'toolCall',
]);

/** One connection, watched for an answer that never comes and for its announced end. */
export class SupervisedConnection extends EventEmitter<SupervisedConnectionEvents> {
  readonly #options: SupervisedConnectionOptions;
  readonly #connection: LiveConnection;
  readonly #watchdog: AnswerWatchdog;
  #openedAtMs: number | undefined;
  #goAwayTimer: NodeJS.Timeout | undefined;
  #renewal: { readonly failure: Failure; readonly expected: boolean } | undefined;
  #useful = false;
  #released = false;

  constructor(options: SupervisedConnectionOptions) {
    super();
    this.#options = options;
    const { credentials, settings, config, handle, timings, log } = options;
    this.#watchdog = new AnswerWatchdog(timings, handle !== undefined);
    this.#watchdog.on('poisoned', () => this.#renew('stale-handle', false));
    this.#watchdog.on('frozen', () => this.#renew('connection-lost', false));
    const { baseUrl, model } = settings;
    this.#connection = new LiveConnection({ credentials, baseUrl: baseUrl.trim(), model, config, timings, log });
    this.#connection.on('open', () => {
      this.#openedAtMs = performance.now();
      if (!this.#released) this.emit('open');
    });
    this.#connection.on('event', (event) => this.#onEvent(event));
    this.#connection.on('drain', () => this.emit('drain'));
    this.#connection.on('closed', (end) => this.#onClosed(end));
  }

  get sink(): UplinkSink {
    return this.#connection;
  }

  open(): void {
    this.#connection.open();
  }

  answerDue(): void {
    if (this.#openedAtMs !== undefined && !this.#released) this.#watchdog.answerDue();
  }

  /** To be called when a change of connections loses nothing. */
  renewIfEnding(): void {
    if (this.#goAwayTimer !== undefined) this.#renew('connection-lifetime', true);
  }

  /** Nothing of this connection is told any more. */
  release(): void {
    this.#released = true;
    this.#stopWatching();
  }

  async close(): Promise<void> {
    this.release();
    await this.#connection.close();
  }

  terminate(): void {
    this.release();
    this.#connection.terminate();
  }

  #onEvent(event: LiveEvent): void {
    if (this.#released || this.#renewal !== undefined) return;
    if (USEFUL.has(event.type)) this.#useful = true;
    this.#watchdog.onEvent(event);
    if (event.type === 'goAway') this.#onGoAway(event.timeLeftMs);
    this.emit('event', event);
  }

  /** A service that has said goodbye may say no more, so a timer bounds the wait. */
  #onGoAway(timeLeftMs = UNKNOWN_TIME_LEFT_MS): void {
    const waitMs = Math.max(0, timeLeftMs - this.#options.timings.goAwayReserveMs);
    this.#goAwayTimer ??= setTimeout(() => this.#renew('connection-lifetime', true), waitMs);
  }

  /** Two sockets on one handle shut each other out, so the old one is closed first. */
  #renew(why: 'stale-handle' | 'connection-lost' | 'connection-lifetime', expected: boolean): void {
    if (this.#released || this.#renewal !== undefined) return;
    this.#renewal = { failure: failure(why, { detail: '', host: this.#host() }), expected };
    this.#stopWatching();
    this.emit('renew');
    void this.#connection.close();
  }

  #stopWatching(): void {
    this.#watchdog.dispose();
    clearTimeout(this.#goAwayTimer);
    this.#goAwayTimer = undefined;
  }

  #onClosed(end: ConnectionEnd): void {
    if (this.#released) return;
    const wasAnnounced = this.#goAwayTimer !== undefined;
    this.release();
    const { log, handle } = this.#options;
    const lost = this.#renewal ?? this.#endedByItself(end, wasAnnounced);
    const { code, detail } = lost.failure;
    log.info(`${code} at ${this.#host()} (${end.cause}, close code ${end.code}${detail === '' ? '' : `, ${detail}`})`);
    this.emit('lost', {
      ...lost,
      // Only a connection that the service cut short speaks against its handle.
      usedHandle: lost.expected ? undefined : handle,
      openMs: this.#openedAtMs === undefined ? undefined : performance.now() - this.#openedAtMs,
      useful: this.#useful,
    });
  }

  /** A service that has announced the end may just hang up. */
  #endedByItself(end: ConnectionEnd, wasAnnounced: boolean): Pick<ConnectionLoss, 'failure' | 'expected'> {
    const lost = this.#classify(end);
    if (!wasAnnounced || lost.code !== 'connection-lost') return { failure: lost, expected: false };
    return { failure: failure('connection-lifetime', { detail: lost.detail, host: this.#host() }), expected: true };
  }

  #classify(end: ConnectionEnd): Failure {
    const { credentials, settings, redactor, handle } = this.#options;
    return classifyEnd(end, {
      service: credentials.kind,
      model: settings.model,
      host: this.#host(),
      usedHandle: handle !== undefined,
      redactor,
    });
  }

  #host(): string {
    const { redactor, settings } = this.#options;
    return redactor.redact(hostName(settings.baseUrl.trim()));
  }
}
