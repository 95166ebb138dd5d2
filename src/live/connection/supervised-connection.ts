import type { LiveConnectConfig } from '@google/genai';
import { hostName } from './address.ts';
import { AnswerWatchdog } from './answer-watchdog.ts';
import { classifyEnd, type ConnectionEnd } from './close-reason.ts';
import { LiveConnection } from './connection.ts';
import { failure, type Failure } from '../failure.ts';
import { GoAway } from './go-away.ts';
import type { LiveLog } from '../log.ts';
import type { LiveEvent } from '../wire/live-event.ts';
import type { LostConnection } from './reconnect-policy.ts';
import type { Redact } from '../redact.ts';
import type { LiveCredentials, LiveSettings } from '../settings.ts';
import type { LiveTimings } from '../timings.ts';
import type { UplinkSink } from '../uplink/uplink.ts';

/** What every line of a session has in common. */
export interface SessionContext {
  readonly credentials: LiveCredentials;
  readonly settings: LiveSettings;
  readonly timings: LiveTimings;
  readonly log: LiveLog;
  readonly redact: Redact;
  /** While this holds a line that was told to end waits with its end, as long as it may. */
  readonly mustWait: () => boolean;
}

export interface SupervisedConnectionOptions extends SessionContext {
  readonly config: LiveConnectConfig;
  /** The handle in `config`. */
  readonly handle: string | undefined;
  readonly onOpen: (line: SupervisedConnection) => void;
  readonly onEvent: (event: LiveEvent) => void;
  readonly onDrain: () => void;
  /** The line is being renewed on our account; `onLost` follows when its socket is closed. */
  readonly onRenew: () => void;
  /** Once, when the socket is closed; never after `release`. */
  readonly onLost: (lost: LostSupervision) => void;
}

export interface LostSupervision extends LostConnection {
  /** It was renewed as a matter of course: nothing a person needs to read. */
  readonly expected: boolean;
}

/** What shows that a line was of use: words and deeds, of whichever side. */
const TALK: ReadonlySet<LiveEvent['type']> = new Set([
  'audio',
  'text',
  'outputTranscript',
  'inputTranscript',
  'toolCall',
]);

/** One connection of a session, with those who watch over it: for an answer that never comes, for its announced end. */
export class SupervisedConnection {
  readonly #options: SupervisedConnectionOptions;
  readonly #connection: LiveConnection;
  readonly #watch: AnswerWatchdog;
  readonly #goAway: GoAway;
  #openedAtMs: number | undefined;
  #renewal: { readonly failure: Failure; readonly expected: boolean } | undefined;
  #useful = false;
  #released = false;

  constructor(options: SupervisedConnectionOptions) {
    this.#options = options;
    const { credentials, settings, config, handle, timings, log } = options;
    this.#watch = new AnswerWatchdog({
      timings,
      resumed: handle !== undefined,
      onPoisoned: () => this.#renew('stale-handle', false),
      onFrozen: () => this.#renew('connection-lost', false),
    });
    this.#goAway = new GoAway({
      reserveMs: timings.goAwayReserveMs,
      mustWait: options.mustWait,
      onChange: () => this.#renew('connection-lifetime', true),
    });
    this.#connection = new LiveConnection({
      credentials,
      baseUrl: settings.baseUrl.trim(),
      model: settings.model,
      config,
      timings,
      log,
      onOpen: () => {
        this.#openedAtMs = performance.now();
        if (!this.#released) options.onOpen(this);
      },
      onEvents: (events) => events.forEach((event) => this.#event(event)),
      onDrain: options.onDrain,
      onClosed: (end) => this.#closed(end),
    });
  }

  get sink(): UplinkSink {
    return this.#connection;
  }

  open(): void {
    this.#connection.open();
  }

  /** The person said or typed something, and it was sent. */
  answerDue(): void {
    if (this.#openedAtMs !== undefined && !this.#released) this.#watch.answerDue();
  }

  /** Something that its end waited for may be over. */
  recheck(): void {
    this.#goAway.recheck();
  }

  /** Nothing of this line is told any more. */
  release(): void {
    this.#released = true;
    this.#watch.dispose();
    this.#goAway.dispose();
  }

  /** Resolves when the socket is closed. */
  async close(): Promise<void> {
    this.release();
    await this.#connection.close();
  }

  /** Closes the socket at once. */
  terminate(): void {
    this.release();
    this.#connection.terminate();
  }

  #event(event: LiveEvent): void {
    if (this.#released || this.#renewal !== undefined) return;
    if (TALK.has(event.type)) this.#useful = true;
    this.#watch.onEvent(event);
    this.#options.onEvent(event);
    if (event.type === 'goAway') this.#goAway.announced(event.timeLeftMs);
    else this.#goAway.recheck();
  }

  /** The old socket is closed before the new one is opened: two on one handle shut each other out. */
  #renew(why: 'stale-handle' | 'connection-lost' | 'connection-lifetime', expected: boolean): void {
    if (this.#released || this.#renewal !== undefined) return;
    this.#renewal = { failure: failure(why, { detail: '', host: this.#host() }), expected };
    this.#watch.dispose();
    this.#goAway.dispose();
    this.#options.onRenew();
    void this.#connection.close();
  }

  #closed(end: ConnectionEnd): void {
    if (this.#released) return;
    const wasToldToEnd = this.#goAway.isAnnounced;
    this.release();
    const { log, onLost, handle } = this.#options;
    const lost = this.#renewal ?? this.#endedByItself(end, wasToldToEnd);
    const { code, sentence, detail } = lost.failure;
    log.info(`${code}: ${sentence} (${end.cause}, close code ${end.code}${detail === '' ? '' : `, ${detail}`})`);
    onLost({
      ...lost,
      // Only a line that the service cut short speaks against its handle.
      usedHandle: lost.expected ? undefined : handle,
      openMs: this.#openedAtMs === undefined ? undefined : performance.now() - this.#openedAtMs,
      useful: this.#useful,
    });
  }

  /** A service that has announced the end may just hang up. */
  #endedByItself(end: ConnectionEnd, wasToldToEnd: boolean): Pick<LostSupervision, 'failure' | 'expected'> {
    const lost = this.#classify(end);
    if (!wasToldToEnd || lost.code !== 'connection-lost') return { failure: lost, expected: false };
    return { failure: failure('connection-lifetime', { detail: lost.detail, host: this.#host() }), expected: true };
  }

  #classify(end: ConnectionEnd): Failure {
    const { credentials, settings, redact, handle } = this.#options;
    const usedHandle = handle !== undefined;
    return classifyEnd(end, {
      service: credentials.kind,
      model: settings.model,
      host: this.#host(),
      usedHandle,
      redact,
    });
  }

  #host(): string {
    return this.#options.redact(hostName(this.#options.settings.baseUrl.trim()));
  }
}
